import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerPage } from './page-files.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'gewu-page-'));
const ui = path.join(folder, 'ui');

/** Node's own Request refuses an unknown scheme; what is answered needs its address and method only. */
const ask = (url: string, method = 'GET') => answerPage({ url, method } as Request, ui);

beforeAll(() => {
  mkdirSync(path.join(ui, 'assets'), { recursive: true });
  writeFileSync(path.join(ui, 'index.html'), '<!doctype html><title>格物</title>');
  writeFileSync(path.join(ui, 'assets', '图.svg'), '<svg/>');
  writeFileSync(path.join(ui, 'notes.txt'), 'not of the page');
  writeFileSync(path.join(folder, 'secret.js'), 'secret');
  mkdirSync(path.join(folder, 'ui-other'));
  writeFileSync(path.join(folder, 'ui-other', 'near.js'), 'secret');
  symlinkSync(path.join(folder, 'secret.js'), path.join(ui, 'assets', 'linked.js'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('answerPage', () => {
  it('serves the page and its files with their types', async () => {
    const page = await ask('app://gewu/');
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(await page.text()).toContain('格物');
    const picture = await ask(`app://gewu/assets/${encodeURIComponent('图.svg')}`);
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/svg+xml']);
    const head = await ask('app://gewu/index.html', 'HEAD');
    expect([head.status, await head.text()]).toEqual([200, '']);
  });

  it('says the policy with everything, refusals too', async () => {
    for (const answer of [await ask('app://gewu/'), await ask('app://gewu/nothing.js'), await ask('app://other/')]) {
      const policy = answer.headers.get('content-security-policy') ?? '';
      for (const part of ["default-src 'self'", "object-src 'none'", "frame-ancestors 'none'"]) {
        expect(policy).toContain(part);
      }
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    }
  });

  it('serves nothing outside of its folder and nothing that is not of a page', async () => {
    const ways = [
      'app://gewu/../secret.js',
      'app://gewu/%2e%2e/secret.js',
      'app://gewu/..%2fsecret.js',
      'app://gewu/..%2fui-other%2fnear.js',
      'app://gewu/assets/linked.js',
      'app://gewu/notes.txt',
      'app://gewu/assets',
      'app://gewu/%00',
      'app://gewu/%zz',
      'app://other/index.html',
      'https://gewu/index.html',
    ];
    for (const way of ways) expect([way, (await ask(way)).status]).toEqual([way, 404]);
    expect((await ask('app://gewu/', 'POST')).status).toBe(405);
  });
});
