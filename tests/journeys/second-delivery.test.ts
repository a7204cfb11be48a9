import { writeFileSync } from 'node:fs';
import path from 'node:path';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../src/api/client.ts';
import type { Launched } from '../electron/launch.ts';
import { makeVendorRegister } from './delivery.ts';
import { clientOfServer, drop, goTo, hearComplaints, pictureFailures, SOON } from './desk.ts';
import { launchServer } from './launch-server.ts';
import { copyOfSample } from './samples.ts';

describe('a supplier whose form is his own, twice', () => {
  const sample = copyOfSample();
  let server: Launched;
  let page: Page;
  let client: Client;
  let complaints: string[];

  beforeAll(async () => {
    server = await launchServer({ project: sample.project, by: '李静' });
    ({ page } = server);
    complaints = hearComplaints(page);
    client = clientOfServer(page);
    await page.locator('.ov-head').waitFor(SOON);
  });
  afterAll(async () => {
    await server.close();
    sample.remove();
  });
  pictureFailures(() => page);

  const hand = async (name: string, part: 0 | 1): Promise<number> => {
    const { csv, rows } = await makeVendorRegister(client, part);
    const file = path.join(server.home, name);
    writeFileSync(file, csv);
    await drop(page, [file]);
    return rows;
  };
  const fieldRow = (name: string) => page.locator('.imp-fields tr', { hasText: name });

  it('a column is looked up in a list, by keyboard, with what becomes of it in view', async () => {
    await hand('一批.csv', 0);
    await fieldRow('状况码').waitFor(SOON);
    // Put together without being told: the class of two fields, both coordinates of one.
    expect(await page.locator('.derive-op').allTextContents()).toEqual(['拼接', '取一段', '取一段']);
    await page.getByRole('button', { name: '用 状况码 生成一列' }).press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await dialog.locator('input').first().fill('管理部件状态');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await dialog.getByRole('button', { name: '对照表' }).press('Enter');
    await dialog.locator('textarea').first().fill('1=完好\n2=破损');
    await expect
      .poll(() => dialog.locator('.derive-preview td:last-child').allTextContents(), SOON)
      .toEqual(['完好', '破损', '完好', '破损', '完好']);
    expect(await barriers(page)).toEqual([]);
    await dialog.getByRole('button', { name: '就这样生成' }).press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(() => page.locator('.derive-op').count(), SOON).toBe(4);
  });

  it('and changed again, and left out', async () => {
    await page.getByRole('button', { name: '修改 管理部件状态 的生成方式' }).press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.locator('textarea').first().fill('1=完好\n2=废弃');
    await dialog.getByRole('button', { name: '就这样生成' }).click();
    await expect.poll(() => page.locator('.imp-fields tr', { hasText: '对照表' }).count(), SOON).toBe(1);
    await page.getByRole('button', { name: '组合列…' }).click();
    await dialog.waitFor();
    await dialog.getByRole('button', { name: '取消' }).click();
    await dialog.waitFor({ state: 'detached' });
  });

  it('the first delivery goes on once nothing is asked any more', async () => {
    const onward = page.getByRole('button', { name: '继续比对' });
    await expect.poll(() => onward.getAttribute('aria-disabled'), SOON).toBeNull();
    await onward.click();
    await page.locator('[data-pile=changed]').waitFor(SOON);
    const [batch] = await client.call('batch.list', {});
    expect(batch).toMatchObject({ state: 'staged', as: 'component', rows: 12 });
    expect(batch?.piles.unclear).toBe(0);
  });

  it('the second one goes from the drop to the piles, and the matching is one click away', async () => {
    await goTo(page, '总览');
    const rows = await hand('二批.csv', 1);
    await page.getByText('表头与上次相同，对应关系照用').waitFor(SOON);
    const [batch] = await client.call('batch.list', {});
    expect(batch).toMatchObject({ state: 'staged', rows, name: '二批' });
    await page.getByRole('button', { name: '看对应关系' }).click();
    await fieldRow('状况码').first().waitFor(SOON);
    expect(await page.locator('.derive-op').allTextContents()).toEqual(['拼接', '取一段', '取一段', '对照表']);
    expect(await page.locator('.imp-fields .is-ask').count()).toBe(0);
  });

  it('said nothing in the console', () => {
    expect(complaints).toEqual([]);
  });
});

async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => {
    const { run } = (window as unknown as { axe: typeof axe }).axe;
    return run(document, { resultTypes: ['violations'] });
  });
  return violations.flatMap((one) => one.nodes.map((node) => `${one.id} ${node.target.join(' ')}`));
}
