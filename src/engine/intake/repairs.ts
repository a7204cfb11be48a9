import type { ImportAs } from '../../api/delivery.ts';
import { beginsWithBytes } from '../../formats/index.ts';
import type { Store, StoredTable } from '../../project/batches/batches.ts';
import { deliveredValues, rowsCut } from '../../project/batches/repairs.ts';
import { rewriteRows, type Repair, type StagedFault, type StoredRow } from '../../project/batches/rows.ts';
import { kindOf } from './kinds.ts';
import type { KnownNames } from './known-names.ts';

/** Fewer whole characters than this say nothing of what the name was. */
const LEAST = 2;
const BLOCK = 2000;

type Source = Repair['why'];
type NameOf = (column: string) => [why: Source, names: readonly string[]];

/** Which names a column holds, beside those of the same column elsewhere in the delivery. */
function registryOf(as: ImportAs, names: KnownNames): NameOf {
  return (column) => {
    if (/^(supervisor|owner|maintainer|responsible)_text$/u.test(column)) return ['unit', names.units];
    if (column === 'street_text' || (as === 'street' && column === 'name')) return ['street', names.streets];
    if (column === 'community_text' || (as === 'community' && column === 'name'))
      return ['community', names.communities];
    if (as === 'component' && column === 'name') return ['class', names.classes];
    return ['address', column === 'address' ? names.addresses : []];
  };
}

/** What a cut text may have been: the one known name it begins, where there is just one. */
export type Finder = (column: string, text: string, tail: string, encoding: string) => Omit<Repair, 'taken'> | null;

/** `delivered` answers the whole values of a column in the delivery itself. */
function repairFinder(as: ImportAs, names: KnownNames, delivered: (column: string) => string[]): Finder {
  const registry = registryOf(as, names);
  const known = new Map<string, Map<string, Map<string, Source>>>();
  const namesOf = (column: string) => {
    let byHead = known.get(column);
    if (byHead !== undefined) return byHead;
    byHead = new Map<string, Map<string, Source>>();
    known.set(column, byHead);
    const [why, registered] = registry(column);
    const add = (name: string, source: Source) => {
      const head = name.slice(0, LEAST);
      const group = byHead.get(head) ?? new Map<string, Source>();
      if (!group.has(name)) group.set(name, source);
      byHead.set(head, group);
    };
    for (const name of registered) add(name, why);
    for (const name of delivered(column)) add(name, 'same-column');
    return byHead;
  };
  return (column, text, tail, encoding) => {
    if (Array.from(text).length < LEAST) return null;
    const group = namesOf(column).get(text.slice(0, LEAST)) ?? new Map<string, Source>();
    const fitting = [...group].filter(([name]) => {
      const next = String.fromCodePoint(name.codePointAt(text.length) ?? 0);
      return name.startsWith(text) && name.length > text.length && beginsWithBytes(next, encoding, tail);
    });
    // A registered name stands above one that is only written elsewhere in the same file.
    const registered = fitting.filter(([, why]) => why !== 'same-column');
    const [only, another] = registered.length > 0 ? registered : fitting;
    return only === undefined || another !== undefined ? null : { to: only[0], why: only[1] };
  };
}

/** Proposes the whole name for texts that end in half a character. Nothing is changed but what is proposed. */
export function proposeRepairs(
  job: { store: Store; write: <T>(work: () => T) => T },
  batch: { id: number; as: ImportAs; tables: readonly Pick<StoredTable, 'encoding'>[] },
  names: () => KnownNames,
): void {
  const kind = kindOf(batch.as);
  let find: Finder | null = null;
  let waiting: StoredRow[] = [];
  const flush = () => {
    if (waiting.length > 0) job.write(() => rewriteRows(job.store, waiting));
    waiting = [];
  };
  for (const row of rowsCut(job.store, batch.id)) {
    find ??= repairFinder(batch.as, names(), (column) => deliveredValues(job.store, batch.id, column));
    const encoding = batch.tables[row.tableNo]?.encoding ?? null;
    if (encoding === null) continue;
    const faults = row.faults.map((fault): StagedFault => {
      const { column, tail } = fault;
      const text = column === null ? null : (row.now[column] ?? null);
      if (column === null || column === kind.key || tail === undefined || typeof text !== 'string') return fault;
      const found = kind.columns.get(column) === 'text' ? find?.(column, text, tail, encoding) : null;
      return found == null ? fault : { ...fault, repair: { ...found, taken: false } };
    });
    if (faults.every((fault, i) => fault === row.faults[i])) continue;
    waiting.push({ ...row, faults });
    if (waiting.length >= BLOCK) flush();
  }
  flush();
}

/** Which cells a person means: all proposals of a batch, or those of some rows or of one column. */
export interface RepairSelect {
  rows?: number[] | undefined;
  column?: string | undefined;
}

/** Takes proposals over into the staged rows, or back out of them. Rows brought in already stay as they are. Answers how many cells. */
export function takeRepairs(store: Store, batchId: number, select: RepairSelect, take: boolean): number {
  const wanted = select.rows === undefined ? null : new Set(select.rows);
  const changed: StoredRow[] = [];
  let cells = 0;
  for (const row of rowsCut(store, batchId)) {
    if (row.accepted || (wanted !== null && !wanted.has(row.id))) continue;
    let next = row;
    for (const fault of row.faults) {
      if (fault.repair === undefined || fault.repair.taken === take || fault.column === null) continue;
      if (select.column !== undefined && fault.column !== select.column) continue;
      if (row.cellDecisions[fault.column] === 'done') continue;
      next = take ? taken(next, fault, fault.repair) : putBack(next, fault, fault.repair);
      cells += 1;
    }
    if (next !== row) changed.push(next);
  }
  rewriteRows(store, changed);
  return cells;
}

/** The column gets the whole name; what was delivered stays beside it, under its own field. */
function taken(row: StoredRow, fault: StagedFault, repair: Repair): StoredRow {
  const { column, field } = fault;
  if (column === null) return row;
  const from = row.now[column] ?? null;
  const extra = field === null || typeof from !== 'string' ? row.extra : { ...row.extra, [field]: from };
  return { ...filled(row, fault, repair, repair.to, true), extra };
}

function putBack(row: StoredRow, fault: StagedFault, repair: Repair): StoredRow {
  const { field } = fault;
  const from = field === null ? null : (row.extra[field] ?? null);
  if (field === null || from === null) return row;
  const extra = without(row.extra, field);
  return { ...filled(row, fault, repair, from, false), extra };
}

function without<V>(cells: Readonly<Record<string, V>>, name: string): Record<string, V> {
  return Object.fromEntries(Object.entries(cells).filter(([key]) => key !== name));
}

function filled(row: StoredRow, fault: StagedFault, repair: Repair, value: string, isTaken: boolean): StoredRow {
  const column = fault.column ?? '';
  const faults = row.faults.map((one) => (one === fault ? { ...one, repair: { ...repair, taken: isTaken } } : one));
  const next: StoredRow = { ...row, faults, now: { ...row.now, [column]: value } };
  // Without a live row there is nothing it could differ from.
  if (row.featureId === null || (row.pile !== 'changed' && row.pile !== 'same')) return next;
  const held = row.was !== null && column in row.was ? (row.was[column] ?? null) : (row.now[column] ?? null);
  const others = without(row.was ?? {}, column);
  const was = held === value ? others : { ...others, [column]: held };
  const differs = Object.keys(was).length > 0;
  return { ...next, was: differs ? was : null, pile: differs ? 'changed' : 'same' };
}
