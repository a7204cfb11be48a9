import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GewuError } from '../api/error.ts';
import { FileRegistry } from './files.ts';
import { listFolder } from './handlers/host.ts';
import { fileIn, projectsFolder } from './places.ts';

const top = realpathSync(mkdtempSync(path.join(tmpdir(), 'gewu-places-')));
const home = path.join(top, 'home');
const files = new FileRegistry();

beforeAll(() => {
  mkdirSync(path.join(home, '交付', '一期'), { recursive: true });
  mkdirSync(path.join(top, 'outside'));
  writeFileSync(path.join(home, '交付', 'b.shp'), 'shp');
  writeFileSync(path.join(home, '交付', '.hidden'), '');
  writeFileSync(path.join(top, 'outside', 'secret.csv'), '');
  symlinkSync(path.join(top, 'outside'), path.join(home, 'way-out'));
  symlinkSync(path.join(top, 'outside', 'secret.csv'), path.join(home, 'secret.csv'));
  symlinkSync(path.join(home, '交付'), path.join(home, 'way-in'));
});
afterAll(() => rmSync(top, { recursive: true, force: true }));

describe('the folder browser', () => {
  it('lists folders first, hidden files not, and the way from the root', () => {
    const listing = listFolder(files, home, path.join(home, '交付'));
    expect(listing.entries.map((entry) => [entry.kind, entry.file.name])).toEqual([
      ['folder', '一期'],
      ['file', 'b.shp'],
    ]);
    expect(listing.trail.map((folder) => folder.name)).toEqual(['home', '交付']);
    expect(files.path(listing.entries[1]?.file.ref ?? '')).toBe(path.join(home, '交付', 'b.shp'));
  });

  it('shows links that stay inside and none that lead out', () => {
    const names = listFolder(files, home, null).entries.map((entry) => entry.file.name);
    expect(names).toEqual(['交付', 'way-in']);
    expect(listFolder(files, home, path.join(home, 'way-in')).folder.name).toBe('交付');
  });

  it.each([['..'], ['way-out'], ['交付/../../outside'], ['nowhere'], ['交付/b.shp']])('refuses %s', (way) => {
    expect(() => listFolder(files, home, path.join(home, way))).toThrow(GewuError);
  });
});

describe('names and tokens', () => {
  it('takes names, never ways to other folders', () => {
    expect(fileIn(home, '海淀 2026', '.gpkg')).toBe(path.join(home, '海淀 2026.gpkg'));
    expect(fileIn(home, 'a.GPKG', '.gpkg')).toBe(path.join(home, 'a.GPKG'));
    for (const name of ['../a', 'a/b', 'a\\b', '..', ' ', 'a:b', 'a\u0000'])
      expect(() => fileIn(home, name)).toThrow(GewuError);
  });

  it('keeps projects in the documents where there are some', () => {
    expect(projectsFolder(home)).toBe(path.join(home, 'Gewu'));
    mkdirSync(path.join(home, 'Documents'));
    expect(projectsFolder(home)).toBe(path.join(home, 'Documents', 'Gewu'));
  });

  it('gives one token to one path, and knows no others', () => {
    const one = files.add(path.join(home, '交付', 'b.shp'));
    expect(files.add(path.join(home, '交付', '..', '交付', 'b.shp')).ref).toBe(one.ref);
    expect(() => files.path('made-up')).toThrow(GewuError);
    expect(files.resultPath(one.ref)).toBeNull();
    expect(files.pathsIn({ files: [one], target: { folder: one, name: 'x' } })).toEqual({
      [one.ref]: files.path(one.ref),
    });
    expect(() => files.pathsIn({ file: { ref: 'made-up', name: 'x' } })).toThrow(GewuError);
  });
});
