import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PORT_WORDS, type Answer, type Bridge } from '../../src/api/bridge.ts';
import { createClient, type Client } from '../../src/api/client.ts';
import type { GewuError } from '../../src/api/error.ts';
import { portTransport } from '../../src/api/port.ts';
import type { FileRef } from '../../src/api/shared.ts';
import { launchStandIn, startSecond, type StandIn } from './launch.ts';
import { portOfPage } from './page-port.ts';
import { NAMES } from './stand-in/realm.ts';

type Own = { gewu: Bridge };

/** A busy machine may take its time; a wrong answer stays wrong. */
const soon = { timeout: 30_000 };
const refused = (error: unknown) => (error as GewuError).code;

async function pickFile(shell: StandIn, files: string[]): Promise<Answer<FileRef[] | null>> {
  await shell.order('dialogs', [{ canceled: files.length === 0, filePaths: files }]);
  return shell.page.evaluate(() =>
    (window as unknown as Own).gewu.pick({ title: 'x', folders: false, multiple: true, extensions: ['gpkg'] }),
  );
}

async function refOf(shell: StandIn, file: string): Promise<FileRef> {
  const answer = await pickFile(shell, [file]);
  if (!answer.ok || answer.value?.[0] === undefined) throw new Error(JSON.stringify(answer));
  return answer.value[0];
}

async function clientOf(shell: StandIn, window = 'test'): Promise<Client> {
  return createClient(portTransport(await portOfPage(shell.page)), window);
}

describe('stand-in: the built desktop shell', () => {
  let shell: StandIn;
  let client: Client;
  beforeAll(async () => {
    shell = await launchStandIn();
    client = await clientOf(shell);
  });
  afterAll(async () => {
    await shell.close();
  });

  it('shows the page, which breaks none of its policy', async () => {
    await shell.page.getByText('城市部件、权责与单元网格的普查工作台').waitFor();
    expect(await shell.page.title()).toBe('格物');
    expect(await shell.order('faults')).toEqual([]);
    expect(shell.complaints()).toBe('');
    const { options, title } = await shell.order('window');
    expect([title, options?.['titleBarStyle']]).toEqual(['格物', 'hidden']);
  });

  it('gives the page its bridge and nothing of Node or Electron', async () => {
    const found = await shell.page.evaluate(() => {
      const own = window as unknown as Record<string, object | undefined>;
      return [Object.keys(own['gewu'] ?? {}).toSorted(), own['require'], own['process'], own['ipcRenderer']];
    });
    const bridge = ['deliver', 'onAction', 'onFiles', 'pick', 'saveAs', 'setLook', 'setTitle', 'take'];
    expect(found).toEqual([bridge, undefined, undefined, undefined]);
  });

  it('answers the contract through a message port, and nothing beyond it', async () => {
    expect((await client.call('app.info', {})).shell).toBe('electron');
    const unknown = await client.call('component.everything' as 'app.info', {}).catch(refused);
    expect(unknown).toBe('input');
    const chore = await client.call('chore.describe' as 'app.info', {}).catch(refused);
    expect(chore).toBe('input');
  });

  it('answers only its own page in the main frame', async () => {
    const call = {
      kind: 'invoke',
      channel: 'gewu:pick',
      args: [{ title: '', folders: true, multiple: false, extensions: [] }],
    };
    const answer = await shell.page.evaluate(
      async ([name, text]) => {
        const frame = document.createElement('iframe');
        document.body.append(frame);
        const inside = frame.contentWindow as unknown as Record<string, (text: string) => Promise<string>>;
        const said = await inside[name ?? '']?.(text ?? '');
        frame.remove();
        return said;
      },
      [NAMES.call, JSON.stringify(call)],
    );
    expect(JSON.parse(answer ?? '')).toMatchObject({ value: { ok: false, error: { code: 'refused' } } });
    expect(await shell.order('asked')).toEqual([]);
  });

  it('refuses what does not fit', async () => {
    const answer = await shell.page.evaluate(() =>
      (window as unknown as Own).gewu.pick({ title: 'x', folders: false, multiple: false, extensions: ['../x'] }),
    );
    expect(answer).toMatchObject({ ok: false, error: { code: 'input' } });
  });

  it('serves nothing of its scheme outside of the page folder', async () => {
    const fetch = (address: string, method = 'GET') => shell.order('fetch', { address, method });
    const page = await fetch('app://gewu/index.html');
    expect(page?.status).toBe(200);
    expect(page?.headers['content-security-policy']).toContain("default-src 'self'; script-src 'self'");
    expect(page?.headers['x-content-type-options']).toBe('nosniff');
    const ways = [
      'app://gewu/../electron/main.js',
      'app://gewu/%2e%2e/electron/main.js',
      'app://gewu/assets/..%2f..%2felectron%2fmain.js',
      'app://gewu/..%5c..%5cpackage.json',
      'app://gewu/%00',
      'app://gewu//etc/hostname',
      'app://gewu/assets',
      'app://elsewhere/index.html',
    ];
    for (const way of ways) expect([way, (await fetch(way))?.status]).toEqual([way, 404]);
    expect((await fetch('app://gewu/index.html', 'POST'))?.status).toBe(405);
  });

  it('stays where it is, and hands https to the system', async () => {
    const before = shell.page.url();
    for (const address of ['https://example.com/help', 'http://127.0.0.1:9/', 'file:///etc/hostname']) {
      await shell.page.evaluate((to) => {
        window.location.href = to;
      }, address);
      await shell.page.evaluate((to) => window.open(to), address);
    }
    await expect
      .poll(async () => (await shell.order('left')).opened, soon)
      .toEqual(['https://example.com/help', 'https://example.com/help']);
    expect(shell.page.url()).toBe(before);
    expect(await client.call('project.info', {})).toBeNull();
  });

  it('gives no permission but writing to the clipboard', async () => {
    const names = [
      'geolocation',
      'media',
      'notifications',
      'clipboard-read',
      'openExternal',
      'clipboard-sanitized-write',
    ];
    expect(await shell.order('permissions', names)).toEqual(
      names.map((name) => [name, name === 'clipboard-sanitized-write', name === 'clipboard-sanitized-write']),
    );
  });

  it('picks files by the native dialog and tells the page tokens, never paths', async () => {
    const file = path.join(shell.home, '交付.csv');
    writeFileSync(file, 'a,b\n1,2\n');
    const answer = await pickFile(shell, [file]);
    expect(answer).toMatchObject({ ok: true, value: [{ name: '交付.csv', size: 8 }] });
    expect(JSON.stringify(answer)).not.toContain(shell.home);
    expect(await pickFile(shell, [])).toEqual({ ok: true, value: null });
    const [asked] = (await shell.order('asked')) as { properties: string[]; filters: { extensions: string[] }[] }[];
    expect(asked?.properties).toEqual(['openFile', 'multiSelections']);
    expect(asked?.filters.map((one) => one.extensions)).toEqual([['gpkg'], ['*']]);
  });

  it('takes dropped files by where they lie, and none that a script made up', async () => {
    const file = path.join(shell.home, '井盖.csv');
    writeFileSync(file, 'x');
    await shell.order('place', { '井盖.csv': file });
    const take = (name: string) =>
      shell.page.evaluate((one) => (window as unknown as Own).gewu.take([new File(['x'], one)]), name);
    expect(await take('井盖.csv')).toMatchObject({ ok: true, value: [{ name: '井盖.csv', size: 1 }] });
    expect(await take('passwd')).toMatchObject({ ok: false, error: { code: 'not-found' } });
  });

  it('has a menu in both languages whose items act in the page', async () => {
    const labels = async () => (await shell.order('menu')).map((item) => item.label);
    expect(await labels()).toEqual(expect.arrayContaining(['文件', '编辑', '视图', '权责']));
    await shell.order('choose', 'language');
    await expect.poll(labels, soon).toEqual(expect.arrayContaining(['File', 'Edit', 'View', 'Roles']));
    await shell.order('choose', 'language');
    await expect.poll(labels, soon).toContain('文件');
    await shell.order('choose', 'keys');
    await shell.page.getByRole('dialog').waitFor();
    await shell.page.keyboard.press('Escape');
    await shell.order('choose', 'screen.grids');
    await shell.page.getByText('先打开一个项目').first().waitFor();
  });

  it('takes its colours from the page', async () => {
    expect(await shell.order('window')).toMatchObject({ theme: 'light', overlay: { color: '#eff1f4' } });
    await shell.order('choose', 'theme');
    await expect
      .poll(() => shell.order('window'), soon)
      .toMatchObject({
        theme: 'dark',
        overlay: { color: '#14171b' },
        options: { backgroundColor: '#14171b' },
      });
    await shell.order('choose', 'theme');
  });

  it('opens a second window on the same engine', async () => {
    await shell.order('choose', 'new-window');
    await expect.poll(async () => (await shell.order('window')).count, soon).toBe(2);
    const pages = () =>
      shell.page
        .context()
        .pages()
        .filter((page) => page.url() === shell.page.url());
    await expect.poll(() => pages().length, soon).toBe(2);
    const other = pages().find((page) => page !== shell.page);
    await other?.getByText('城市部件、权责与单元网格的普查工作台').waitFor();
    await other?.close();
    await expect.poll(async () => (await shell.order('window')).count, soon).toBe(1);
  });
});

describe('stand-in: a project from its making to its end', () => {
  const home = mkdtempSync(path.join(tmpdir(), 'gewu-home-'));
  const project = path.join(home, '工作', '海淀试验.gpkg');
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  /** What lies beside the project, backups left out. */
  const beside = () =>
    readdirSync(path.dirname(project)).filter((name) => name.endsWith('.gpkg') || name.includes('.gpkg-'));

  it('is made in a picked folder, shown, exported from, and one file after quitting', async () => {
    mkdirSync(path.dirname(project));
    const shell = await launchStandIn({ home, args: ['--by', '李静'] });
    try {
      const client = await clientOf(shell);
      const folder = await refOf(shell, path.dirname(project));
      await client.call('project.new', {
        folder,
        name: '海淀试验',
        district: '110108',
        crs: 'EPSG:4548',
        scheme: 'GB/T 47678.5-2026',
      });
      await client.call('unit.add', { name: '海淀区城管委' });
      expect((await client.call('history.list', { offset: 0, limit: 1 })).revisions[0]?.person).toBe('李静');
      await expect.poll(() => shell.page.title(), soon).toBe('海淀试验 · 格物');
      expect((await shell.order('window')).title).toBe('海淀试验 · 格物');

      await shell.order('dialogs', [{ canceled: false, filePath: path.join(home, '工作', '部件.csv') }]);
      const to = await shell.page.evaluate(() =>
        (window as unknown as Own).gewu.saveAs({ title: 'x', name: '部件.csv' }),
      );
      if (!to.ok || to.value === null) throw new Error(JSON.stringify(to));
      const written = await client.call('export.write', { layer: 'component', format: 'csv', target: to.value });
      const deliver = (file: FileRef) =>
        shell.page.evaluate((one) => (window as unknown as Own).gewu.deliver(one), file);
      expect(await deliver(written.files[0] ?? folder)).toEqual({ ok: true, value: null });
      expect(await deliver(folder)).toMatchObject({ ok: false, error: { code: 'not-found' } });
      expect((await shell.order('left')).shown).toEqual([path.join(home, '工作', '部件.csv')]);
      expect(await shell.order('faults')).toEqual([]);
    } finally {
      await shell.close();
    }
    expect(await shell.ended).toBe(0);
    expect(beside()).toEqual(['海淀试验.gpkg']);
  });

  it('opens from the command line and survives the end of its engine', async () => {
    const shell = await launchStandIn({ home, args: [project] });
    try {
      await expect.poll(() => shell.page.title(), soon).toBe('海淀试验 · 格物');
      await shell.page.evaluate(() => {
        const heard: unknown[] = [];
        Object.assign(window, { heard });
        window.addEventListener('message', (event) => heard.push(event.data));
      });
      await shell.order('crash');
      const heard = () => shell.page.evaluate(() => (window as unknown as { heard: string[] }).heard);
      await expect.poll(heard, soon).toEqual([PORT_WORDS.lost, PORT_WORDS.here]);
      const client = await clientOf(shell);
      await expect.poll(() => client.call('project.info', {}), soon).toMatchObject({ counts: { unit: 1 } });
      await client.call('unit.add', { name: '北京市排水集团' });
      // The page hears of it over the port it was given anew.
      await shell.page.getByText(/^已保存 \d+:\d\d$/u).waitFor();
      expect(await shell.page.title()).toBe('海淀试验 · 格物');
    } finally {
      await shell.close();
    }
    expect(await shell.ended).toBe(0);
    expect(beside()).toEqual(['海淀试验.gpkg']);
  });

  it('starts once: a second start hands its files over and leaves', async () => {
    expect(await startSecond(['工作/海淀试验.gpkg', '--no-open'], home)).toEqual({
      handedOver: { files: [project] },
      code: 0,
    });
    const shell = await launchStandIn({ home });
    try {
      await shell.page.getByText('城市部件、权责与单元网格的普查工作台').waitFor();
      await shell.order('secondInstance', { files: [project] });
      await expect.poll(() => shell.page.title(), soon).toBe('海淀试验 · 格物');
      await shell.page.close();
      // The last window gone, the app quits by itself.
      expect(await shell.ended).toBe(0);
    } finally {
      await shell.close();
    }
    expect(beside()).toEqual(['海淀试验.gpkg']);
    expect(existsSync(`${project}-wal`)).toBe(false);
  });
});
