import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient, type Client } from '../../src/api/client.ts';
import type { Output } from '../../src/api/contract.ts';
import { portTransport } from '../../src/api/port.ts';
import { launchStandIn, type StandIn } from '../electron/launch.ts';
import { portOfPage } from '../electron/page-port.ts';
import { areasOf, around, chooseByCode, componentWithoutOwner, dragNode, giveOwner, goToGrid } from './acts.ts';
import { goTo, hearComplaints, pictureFailures, SOON } from './desk.ts';
import { WIDE } from './launch-server.ts';
import { findDragging } from './nodes.ts';
import { copyOfSample } from './samples.ts';

const LOOKED_AT = 900;

describe('the built desktop shell: open, settle an owner, drag a node, take both back', () => {
  const sample = copyOfSample();
  let shell: StandIn;
  let page: Page;
  let client: Client;
  let complaints: string[];
  let before: Output<'stats.get'>;

  beforeAll(async () => {
    shell = await launchStandIn({ args: [sample.project, '--by', '李静'] });
    ({ page } = shell);
    complaints = hearComplaints(page);
    await page.setViewportSize(WIDE);
    client = createClient(portTransport(await portOfPage(page)), 'journey');
  });
  afterAll(async () => {
    await shell.close();
    sample.remove();
  });
  pictureFailures(() => page);

  it('opens the project it was started with', async () => {
    await page.locator('.ov-head').waitFor(SOON);
    expect(await page.title()).toBe('海淀试验 · 格物');
    before = await client.call('stats.get', {});
    expect(before).toMatchObject({ grids: 8562, streets: 28 });
  });

  it('settles an owner and drags a node, and takes both back', async () => {
    const chosen = await componentWithoutOwner(client);
    await goTo(page, '部件');
    await chooseByCode(page, String(chosen.cells['code']));
    await giveOwner(page, '排水集团');
    expect((await client.call('stats.get', {})).clear).toBe(before.clear + 1);
    const node = await findDragging(client, around(chosen.at ?? [0, 0], LOOKED_AT), null);
    const areas = await areasOf(client, node.codes);
    await goTo(page, '网格');
    const map = await goToGrid(page, node.codes[0] ?? '');
    await dragNode(page, map, node);
    await page.locator('.edit-state', { hasText: '已应用' }).waitFor(SOON);
    expect(await areasOf(client, node.codes)).not.toEqual(areas);
    // The shell's own menu and the keys lead to the same.
    await shell.order('choose', 'undo');
    await expect.poll(() => areasOf(client, node.codes), SOON).toEqual(areas);
    await page.locator('.map-canvas').focus();
    await page.keyboard.press('Control+z');
    await expect.poll(async () => (await client.call('stats.get', {})).clear, SOON).toBe(before.clear);
    expect(await client.call('stats.get', {})).toEqual(before);
  });

  it('broke nothing on the way', async () => {
    expect(complaints).toEqual([]);
    expect(await shell.order('faults')).toEqual([]);
    expect(shell.complaints()).toBe('');
  });
});
