import { GewuError } from '../../../api/error.ts';
import type { ImportAs } from '../../../api/delivery.ts';
import type { SourceRow, SourceTable } from '../../../formats/format.ts';
import type { Derivation } from '../../../model/derive.ts';
import type { StoredTable } from '../../../project/batches/batches.ts';
import { withDerived } from '../derive.ts';
import type { IntakeEnvironment } from '../environment.ts';
import { kindOf } from '../kinds.ts';
import { readAgain, readHeadings } from '../survey.ts';
import { createTransform, type Transformed } from '../transform.ts';

/** A delivered row under both readings. */
export interface RereadRow {
  was: Transformed;
  now: Transformed;
}

/** A delivered table with the same bytes in another encoding. */
export interface Reread {
  /** Mapping and derivations with the headings as they read now. */
  mapping: StoredTable['mapping'];
  derived: Derivation[];
  /** Headings as they read before → as they read now. */
  renamed: ReadonlyMap<string, string>;
  /** Rows that read differently, and how many values do not decode now. */
  rows: RereadRow[];
  undecodable: number;
}

/**
 * Reads a table under the encoding it came in with and under another one, side by side. Fields keep their places whatever they are called.
 * @throws GewuError 'refused' where the other reading has other columns
 */
export async function reread(
  environment: IntakeEnvironment,
  as: ImportAs,
  source: SourceTable,
  table: StoredTable,
  encoding: string,
  breathe: () => Promise<void>,
): Promise<Reread> {
  const before = table.mapping.map(({ field }) => field);
  const after = await readHeadings(source, { ...readAgain(table), encoding });
  if (before.length !== after.length) throw otherColumns(table, encoding, before.length, after.length);
  const renamed = new Map(before.map((field, i) => [field, after[i] ?? field]));
  const derivedBefore = table.derived ?? [];
  const derived = derivedBefore.map((one) => renameSources(one, renamed));
  const mapping = table.mapping.map((entry) => ({ ...entry, field: renamed.get(entry.field) ?? entry.field }));
  const transform = (own: StoredTable['mapping'], derivations: Derivation[]) =>
    createTransform({
      kind: kindOf(as),
      mapping: own,
      derived: derivations,
      // Only texts are compared: any place will do.
      toProject: (at) => at,
      scheme: table.scheme,
      classCode: table.classCode,
      catalogue: environment.catalogue,
      confirmation: environment.dictionary.confirmation,
    });
  const [readBefore, readNow] = [transform(table.mapping, derivedBefore), transform(mapping, derived)];
  const found: Reread = { mapping, derived, renamed, rows: [], undecodable: 0 };
  const old = rowsOf(withDerived(source, derivedBefore), readAgain(table), breathe);
  const fresh = rowsOf(withDerived(source, derived), { ...readAgain(table), encoding }, breathe);
  for await (const [one, other] of pairs(old, fresh)) {
    found.undecodable += (other.faults ?? []).filter(({ code }) => code === 'undecodable').length;
    if (sameValues(one, other)) continue;
    found.rows.push({ was: readBefore(one), now: readNow(other) });
  }
  return found;
}

function otherColumns(table: StoredTable, encoding: string, before: number, after: number): GewuError {
  const { file } = table;
  return new GewuError(
    'refused',
    `${file}: read as ${encoding} it has ${after} columns, not ${before}; this encoding cannot be right.`,
    { reason: 'other-columns', file, encoding, before, after },
  );
}

function renameSources(one: Derivation, renamed: ReadonlyMap<string, string>): Derivation {
  return one.op === 'constant' ? one : { ...one, from: one.from.map((field) => renamed.get(field) ?? field) };
}

function sameValues(one: SourceRow, other: SourceRow): boolean {
  const [a, b] = [Object.entries(one.values), Object.entries(other.values)];
  return a.every(([field, value], i) => b[i]?.[0] === field && b[i][1] === value);
}

async function* rowsOf(
  source: SourceTable,
  read: ReturnType<typeof readAgain>,
  breathe: () => Promise<void>,
): AsyncGenerator<SourceRow> {
  for await (const block of source.blocks(read)) {
    yield* block;
    await breathe();
  }
}

/** Rows of the same number; one that only one reading has is left out. */
async function* pairs(
  one: AsyncGenerator<SourceRow>,
  other: AsyncGenerator<SourceRow>,
): AsyncGenerator<[SourceRow, SourceRow]> {
  let [a, b] = [await one.next(), await other.next()];
  while (a.done !== true && b.done !== true) {
    if (a.value.row === b.value.row) yield [a.value, b.value];
    const [rowA, rowB] = [a.value.row, b.value.row];
    if (rowA <= rowB) a = await one.next();
    if (rowB <= rowA) b = await other.next();
  }
}
