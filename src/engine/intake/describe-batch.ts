import type { CellValue } from '../../model/component.ts';
import type { BatchCell, BatchInfo, BatchRow, ImportAs } from '../../api/delivery.ts';
import { countPiles, type Store, type StoredBatch } from '../../project/batches/batches.ts';
import { countToAccept, countToReturn } from '../../project/batches/rows-out.ts';
import { countRepairs } from '../../project/batches/repairs.ts';
import type { StoredRow } from '../../project/batches/rows.ts';
import { pointMark } from './compare.ts';
import { shapeWords, wordsOfMark } from './same-shape.ts';
import type { ClassCatalogue } from './classes.ts';

/** A batch as the contract shows it: what is stored, and its rows counted by pile and decision. */
export function describeBatch(store: Store, batch: StoredBatch): BatchInfo {
  return {
    id: batch.id,
    name: batch.name,
    state: batch.state,
    at: batch.at,
    person: batch.person,
    as: batch.kind as ImportAs,
    files: batch.files,
    tables: batch.tables.map((table) => ({ ...table, as: batch.kind as ImportAs })),
    rows: batch.rows,
    ...countPiles(store, batch.id),
    rejected: batch.rejected,
    rejectedTotal: batch.rejectedTotal,
    warnings: batch.warnings,
    basedOn: batch.basedOn,
    revision: batch.revision,
    acceptedRows: batch.acceptedRows,
    toAccept: countToAccept(store, batch.id, []),
    repairs: countRepairs(store, batch.id),
    toReturn: batch.rejectedTotal + countToReturn(store, batch.id),
  };
}

/** A staged row as the contract shows it: its cells old and new (for a new row, every delivered value). */
export function describeRow(
  batch: StoredBatch,
  catalogue: ClassCatalogue,
  row: StoredRow,
  unitName: (id: number) => string | null,
): BatchRow {
  const table = batch.tables[row.tableNo];
  const scheme = typeof row.now['scheme'] === 'string' ? row.now['scheme'] : (table?.scheme ?? '');
  const known =
    row.classCode === null ? null : (catalogue.find(scheme, row.classCode) ?? catalogue.byCode(row.classCode)[0]);
  const names = (column: string, value: CellValue): string | null => {
    if (column === 'parent_name') return typeof value === 'number' ? unitName(value) : null;
    if (column !== 'class_code' || typeof value !== 'string') return null;
    const found = catalogue.find(scheme, value) ?? catalogue.byCode(value)[0];
    return found === undefined ? null : `${value} ${found.name}`;
  };
  return {
    id: row.id,
    pile: row.pile,
    reason: row.reason,
    file: table?.file ?? '',
    table: table?.table ?? '',
    row: row.sourceRow,
    key: row.key,
    featureId: row.featureId,
    className: known?.name ?? null,
    classCode: row.classCode,
    from: row.from,
    to: row.at,
    moved: row.moved,
    cells: cellsOf(row, names),
    decision: row.decision,
    accepted: row.accepted,
  };
}

function nowOf(row: StoredRow, column: string): CellValue {
  if (column === 'extra') return JSON.stringify(row.extra);
  if (column !== 'geom') return row.now[column] ?? row.now[`#${column}`] ?? null;
  if (row.shape !== null && (row.at === null || row.moved === null)) return shapeWords(row.shape);
  return row.at === null ? null : pointMark(row.at);
}

function cellsOf(row: StoredRow, names: (column: string, value: CellValue) => string | null): BatchCell[] {
  const doubts = new Map(row.faults.map((fault) => [fault.column, fault.code]));
  const repairs = new Map(row.faults.map((fault) => [fault.column, fault.repair]));
  const compared = row.was !== null;
  const columns = compared
    ? Object.keys(row.was ?? {})
    : Object.keys(row.now).filter((column) => !column.startsWith('#'));
  const cells = columns.map((column): BatchCell => ({
    column,
    was: column === 'geom' ? wordsOfMark(String(row.was?.[column] ?? '')) || null : (row.was?.[column] ?? null),
    now: nowOf(row, column),
    wasName: names(column, row.was?.[column] ?? null),
    nowName: names(column, nowOf(row, column)),
    ...decided(row, column),
    doubt: doubts.get(column) ?? row.weighed?.[column]?.code ?? null,
    weighed: row.weighed?.[column] ?? null,
    repair: repairs.get(column) ?? null,
  }));
  // A value the column could not take is no cell of the row, yet the person must see it.
  for (const fault of row.faults) {
    if (fault.column === null || columns.includes(fault.column)) continue;
    const now = fault.field === null ? null : (row.extra[fault.field] ?? nowOf(row, fault.column));
    const cell = { column: fault.column, was: null, now, wasName: null, nowName: null };
    cells.push({
      ...cell,
      decision: row.decision,
      accepted: row.accepted,
      doubt: fault.code,
      weighed: null,
      repair: fault.repair ?? null,
    });
  }
  return cells.filter((cell) => cell.now !== null || cell.was !== null || cell.doubt !== null);
}

/** A cell held back is undecided until somebody decides about it. */
function decided(row: StoredRow, column: string): Pick<BatchCell, 'decision' | 'accepted'> {
  const own = row.cellDecisions[column] ?? row.decision;
  if (own === 'done') return { decision: 'accept', accepted: true };
  return { decision: own === 'hold' ? 'pending' : own, accepted: row.accepted };
}
