import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { faults } from '../../src/api/words/faults.ts';
import { REASONS } from '../../src/engine/intake/returns/words.ts';
import { piles } from '../../src/ui/words/piles.ts';
import { root } from '../root.ts';

/** What is found wrong with a row or a cell is named by a code in the reader or in staging; here every place that gives one is looked at. */
const ROW_CODES = [
  /\bfaults?\.push\(\s*\{[^}]*?\bcode: '([a-z-]+)'/gu,
  /\b(?:fault|nothing|problem|Problem|GeometryError)\(\s*'([a-z-]+)'/gu,
  /\bfault: '([a-z-]+)'/gu,
  /\brefusal = \{[^}]*?\bcode: '([a-z-]+)'/gu,
  /\breason: \{ code: '([a-z-]+)'/gu,
  /\breason = \{ code: '([a-z-]+)'/gu,
  /json_object\('code', '([a-z-]+)'/gu,
  /\bconst code = [^;]*? \? '([a-z-]+)' : '([a-z-]+)'/gu,
];
/** Files in which every code is a cell's. */
const CELL_FILES = /\/(?:encoding\/decode|csv\/records)\.ts$/u;
const ANY_CODE = /\bcode: '([a-z-]+)'/gu;
/** Files where `code` in such a place is something else. */
const OTHERS = /(?:\.test\.ts|\/(?:dbf-write|shp-write|write|cell-text)\.ts)$/u;

function sources(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => path.join(root, folder, name))
    .filter((file) => !OTHERS.test(file));
}

function rowCodes(): string[] {
  const files = ['src/formats', 'src/engine/intake', 'src/project/batches', 'src/model/geometry'].flatMap(sources);
  files.push(path.join(root, 'src/project/delivered-gpkg.ts'));
  const found = files.flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    const forms = CELL_FILES.test(file.replaceAll('\\', '/')) ? [ANY_CODE] : ROW_CODES;
    return forms.flatMap((form) => [...text.matchAll(form)].flatMap((hit) => hit.slice(1)));
  });
  return [...new Set(found)].toSorted();
}

describe('what is wrong with a delivered row', () => {
  const codes = rowCodes();

  it('is found in the sources at all', () => {
    expect(codes).toEqual(
      expect.arrayContaining(['bad-date', 'near-one', 'no-code-no-place', 'code-twice', 'half-character']),
    );
  });

  it('has words in both languages for the return sheet', () => {
    expect(codes.filter((code) => REASONS[code] === undefined)).toEqual([]);
  });

  it('has words in the window', () => {
    const { reason } = piles.zh;
    const { cell, rejected } = faults.zh;
    const known = new Set(Object.keys({ ...cell, ...reason, ...rejected }));
    expect(codes.filter((code) => !known.has(code))).toEqual([]);
  });
});
