import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { reports } from '../../src/reports/index.ts';
import { root } from '../root.ts';

it('has a page for every report', () => {
  expect(reports.length).toBeGreaterThan(0);
  const missing = reports.map(({ id }) => `docs/reports/${id}.md`).filter((page) => !existsSync(path.join(root, page)));
  expect(missing).toEqual([]);
});
