import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { corpusEntries, corpusPath } from '../corpus.ts';
import { gewu, pairwise, scratch } from './tools.ts';

const corpus = corpusPath();
const folder = scratch('corpus');
const entries = corpusEntries();
const inspect = (files: string[]) =>
  gewu(folder, ['inspect', ...files.map((file) => path.join(corpus ?? '', file)), '--json']);

interface Table {
  file: string;
  name: string;
  rows: number;
  fields: { name: string }[];
}
interface Said {
  tables?: Table[];
  doubts?: { code: string; message: string }[];
  error?: { code: string; message: string };
}
interface Looked {
  file: string;
  expects: Record<string, unknown>;
  status: number | null;
  said: Said;
  err: string;
}
const looked: Looked[] = [];

/**
 * One process for all files that go by a name of their own and give tables; one each for the others: those whose name another file has
 * too, archives, and those that may be refused.
 */
beforeAll(async () => {
  if (corpus === null) return;
  const named = ({ file }: { file: string }) =>
    entries.filter((other) => path.basename(other.file) === path.basename(file)).length === 1;
  const together = entries.filter((entry) => named(entry) && !/\.(zip|json|wkt)$/u.test(entry.file));
  const all = await inspect(together.map(({ file }) => file));
  const { tables = [], doubts = [] } = JSON.parse(all.out) as Said;
  for (const { file, expects } of together) {
    const said = { tables: tables.filter((table) => path.basename(table.file) === path.basename(file)), doubts };
    looked.push({ file, expects, status: all.status, said, err: all.err });
  }
  const alone = entries.filter((entry) => !together.includes(entry));
  const runs = alone.map(({ file, expects }) => async (): Promise<Looked> => {
    const { status, out, err } = await inspect([file]);
    return { file, expects, status, said: JSON.parse(out) as Said, err };
  });
  looked.push(...(await pairwise(runs)));
});

/** Rows the index expects of these tables: of the sheet or layer by its name, or of all. */
function wantedRows(features: unknown, tables: Table[]): number | null {
  if (typeof features === 'number') return features;
  if (typeof features !== 'object' || features === null) return null;
  const byName = features as Record<string, number>;
  return tables.reduce((sum, { name }) => sum + (byName[name] ?? NaN), 0);
}

describe('every file of the corpus', () => {
  it.skipIf(corpus === null)('corpus: gives its tables or one sentence, and is never a fault of ours', () => {
    const wrong = looked.filter(({ status, said, err }) => {
      if (status === 0) return (said.tables?.length ?? 0) === 0;
      const { code = '', message = '' } = said.error ?? {};
      return status !== 2 || code === '' || !/\w.*[.!]$/u.test(message) || err.trim().includes('\n');
    });
    expect(wrong).toEqual([]);
    expect(looked).toHaveLength(entries.length);
  });

  it.skipIf(corpus === null)('corpus: has the rows and fields that its index expects', () => {
    const wrong = looked.flatMap(({ file, expects, said }) => {
      const { tables = [] } = said;
      const wanted = wantedRows(expects['features'], tables);
      if (tables.length === 0 || wanted === null || expects['valid'] === false) return [];
      const total = tables.reduce((sum, table) => sum + table.rows, 0);
      const listed = Array.isArray(expects['fields']) ? (expects['fields'] as string[]) : [];
      const have = new Set(tables.flatMap((table) => table.fields.map(({ name }) => name)));
      const absent = listed
        .map((field) => field.replace(/:.*$/u, ''))
        .filter((field) => !have.has(field) && !/^Field\d+$/u.test(field));
      // The index counts the blank and title rows of a sheet as rows.
      const fits = /\.xlsx?$/u.test(file) ? total > 0 && total <= wanted : total === wanted;
      return fits && absent.length === 0 ? [] : [{ file, total, wanted, absent }];
    });
    expect(wrong).toEqual([]);
  });

  it.skipIf(corpus === null)('corpus: only what no reader is for is refused', () => {
    const refused = looked.filter(({ status }) => status === 2).map(({ file }) => path.extname(file));
    expect([...new Set(refused)].toSorted()).toEqual(['.json', '.wkt']);
  });
});
