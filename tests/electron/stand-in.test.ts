import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { startMain } from './processes.ts';
import { MessageChannelMain } from './stand-in/ports.ts';
import { refuseInsecure } from './stand-in/window.ts';

const SECURE = { sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true };

async function exitCodeOf(script: string): Promise<number> {
  const folder = mkdtempSync(path.join(tmpdir(), 'gewu-stand-in-test-'));
  const entry = path.join(folder, 'main.mjs');
  writeFileSync(entry, script);
  const main = startMain({ entry, args: [], folder, home: folder, browser: null });
  const code = await main.ended;
  rmSync(folder, { recursive: true, force: true });
  return code;
}

describe('the stand-in itself', () => {
  it('is ready only when the entry module has been evaluated to its end', async () => {
    const script = `
      import { app } from 'electron';
      let evaluated = false;
      app.whenReady().then(() => app.exit(evaluated ? 7 : 1));
      await new Promise((resolve) => setTimeout(resolve, 20));
      evaluated = true;`;
    expect(await exitCodeOf(script)).toBe(7);
  });

  it('refuses schemes registered and windows made at the wrong time', async () => {
    const late = `
      import { app, protocol } from 'electron';
      app.whenReady().then(() => protocol.registerSchemesAsPrivileged([])).catch(() => app.exit(7));`;
    expect(await exitCodeOf(late)).toBe(7);
    const early = `
      import { app, BrowserWindow } from 'electron';
      try { new BrowserWindow({ webPreferences: ${JSON.stringify(SECURE)} }); app.exit(1); } catch { app.exit(7); }`;
    expect(await exitCodeOf(early)).toBe(7);
  });

  it('refuses insecure web preferences, also those left unsaid', () => {
    expect(() => refuseInsecure(SECURE)).not.toThrow();
    for (const [name, safe] of Object.entries(SECURE)) {
      expect(() => refuseInsecure({ ...SECURE, [name]: !safe })).toThrow(name);
      expect(() => refuseInsecure({ ...SECURE, [name]: undefined })).toThrow(name);
    }
    expect(() => refuseInsecure({ ...SECURE, webviewTag: true })).toThrow('webviewTag');
  });

  it('transfers ports and nothing else, and copies what is posted', async () => {
    const { port1, port2 } = new MessageChannelMain();
    const sent = { list: [1] };
    const arrived = new Promise((resolve) => {
      port2.on('message', (event: { data: unknown }) => resolve(event.data));
    });
    port1.postMessage(sent);
    sent.list.push(2);
    port2.start();
    expect(await arrived).toEqual({ list: [1] });
    expect(() => port1.postMessage(null, [new ArrayBuffer(1)])).toThrow(TypeError);
  });
});
