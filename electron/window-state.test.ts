import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { placeFor, WindowStateStore } from './window-state.ts';

const screen = { x: 0, y: 0, width: 1920, height: 1040 };
const second = { x: 1920, y: 0, width: 1280, height: 700 };

describe('placeFor', () => {
  it('opens where it was while a screen is there', () => {
    const bounds = { x: 2000, y: 50, width: 1100, height: 640 };
    expect(placeFor(bounds, [screen, second])).toEqual(bounds);
    expect(placeFor(bounds, [screen])).toEqual({ x: 240, y: 70, width: 1440, height: 900 });
  });

  it('takes no place whose title bar cannot be reached', () => {
    for (const bounds of [
      { x: 100, y: -60, width: 1000, height: 700 },
      { x: 100, y: 1020, width: 1000, height: 700 },
      { x: 1850, y: 100, width: 1000, height: 700 },
      { x: -950, y: 100, width: 1000, height: 700 },
    ]) {
      expect(placeFor(bounds, [screen])).toEqual({ x: 240, y: 70, width: 1440, height: 900 });
    }
  });

  it('is no larger than a small screen', () => {
    expect(placeFor(null, [second])).toEqual({ x: 1920, y: 0, width: 1280, height: 700 });
    expect(placeFor(null, [])).toEqual({ width: 1440, height: 900 });
  });
});

describe('WindowStateStore', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'gewu-window-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('remembers between starts and leaves one file', () => {
    const own = path.join(folder, 'new', 'place');
    const store = new WindowStateStore(own);
    expect(store.state).toEqual({ bounds: null, maximized: false, theme: null, language: 'zh' });
    store.note({ theme: 'dark', language: 'en' });
    store.note({ bounds: { x: 1, y: 2, width: 1000, height: 700 } });
    expect(new WindowStateStore(own).state).toEqual({
      bounds: { x: 1, y: 2, width: 1000, height: 700 },
      maximized: false,
      theme: 'dark',
      language: 'en',
    });
    expect(readdirSync(own)).toEqual(['window.json']);
  });

  it('starts afresh from a file it cannot read', () => {
    for (const text of ['', '{', '{"bounds":{"x":"1"},"maximized":1}']) {
      writeFileSync(path.join(folder, 'window.json'), text);
      expect(new WindowStateStore(folder).state.bounds).toBeNull();
    }
  });
});
