import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { folders } from '../../tools/house/house.ts';
import { sourceFiles } from '../../tools/house/source-files.ts';
import { root } from '../root.ts';

/** What this file itself has to name. */
const switchOffs = ['lint-disable', 'ts-ignore', 'ts-expect-error', 'ts-nocheck', 'prettier-ignore'].map(
  (word) => new RegExp(word),
);

it('no comment switches off the linter, the compiler or the formatter', () => {
  const files = sourceFiles(root, folders).filter((path) => path !== 'tests/fences/no-switch-offs.test.ts');
  expect(files.length).toBeGreaterThan(0);
  const found = files.filter((path) => {
    const text = readFileSync(join(root, path), 'utf8');
    return switchOffs.some((pattern) => pattern.test(text));
  });
  expect(found).toEqual([]);
});
