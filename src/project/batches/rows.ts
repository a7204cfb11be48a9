import type { Database } from 'better-sqlite3';
import type { CellValue } from '../../model/component.ts';
import type { PileCounts } from './batches.ts';

export type PileName = keyof PileCounts;
export type DecisionName = 'accept' | 'reject' | 'pending';

/**
 * What is decided of one cell. `hold`: nobody has, and no decision about more than its row decides it along with others. `done`: it came in.
 */
export type CellState = DecisionName | 'hold' | 'done';

/** Why a cell is held back or doubted: what it was in the version it is weighed against, and the revision that changed it since. */
export interface WeighedCell {
  code: 'true-conflict' | 'stale' | 'edited-since';
  base: CellValue;
  revision: number;
  at: string;
  person: string;
}

/** The whole name a cut text may have been. */
export interface Repair {
  to: string;
  /** Where the name is known from. */
  why: 'unit' | 'street' | 'community' | 'class' | 'address' | 'same-column';
  /** Taken over by a person; the delivered text then stands in `extra` under its field. */
  taken: boolean;
}

/** Why a value could not be taken as it stands. */
export interface StagedFault {
  field: string | null;
  code: string;
  column: string | null;
  /** Bytes of half a character at the end, hexadecimal. */
  tail?: string;
  repair?: Repair;
}

/** A staged row on its way in. `shape` is GeoPackage binary in the project CRS. */
export interface StagedRow {
  tableNo: number;
  sourceRow: number;
  key: string | null;
  pile: PileName;
  reason: { code: string; data: Record<string, unknown> } | null;
  featureId: number | null;
  classCode: string | null;
  streetCode: string | null;
  now: Record<string, CellValue>;
  was: Record<string, CellValue> | null;
  faults: StagedFault[];
  extra: Record<string, string | null>;
  shape: Uint8Array | null;
  at: [number, number] | null;
  from: [number, number] | null;
  moved: number | null;
  /** Cells to be looked at one by one; those held back wait for a decision of their own. */
  weighed?: Record<string, WeighedCell>;
}

export interface StoredRow extends StagedRow {
  id: number;
  decision: DecisionName;
  cellDecisions: Record<string, CellState>;
  accepted: boolean;
}

/** A row as stored. */
export interface RowRecord {
  id: number;
  table_no: number;
  source_row: number;
  key: string | null;
  pile: PileName;
  reason: string | null;
  feature_id: number | null;
  class_code: string | null;
  street_code: string | null;
  values_now: string;
  values_was: string | null;
  faults: string | null;
  extra: string | null;
  shape: Uint8Array | null;
  x: number | null;
  y: number | null;
  from_x: number | null;
  from_y: number | null;
  moved: number | null;
  decision: DecisionName;
  cell_decisions: string | null;
  accepted: number;
}

const json = (value: object | null) =>
  value === null || Object.keys(value).length === 0 ? null : JSON.stringify(value);

/** The reason as stored, with the cells it is about. */
function reasonOf({ reason, weighed }: StagedRow): StagedRow['reason'] {
  return reason === null || weighed === undefined ? reason : { code: reason.code, data: { ...reason.data, weighed } };
}

/** Cells that wait for a decision of their own. */
function heldBack(weighed: StagedRow['weighed']): Record<string, CellState> {
  const held = Object.entries(weighed ?? {}).filter(([, { code }]) => code !== 'edited-since');
  return Object.fromEntries(held.map(([column]) => [column, 'hold']));
}

/** Blanks go without saying. */
function said(_column: string, value: unknown): unknown {
  return value ?? undefined;
}

/** Writes a block of staged rows in one short transaction. */
export function insertRows(db: Database, batchId: number, rows: StagedRow[]): void {
  const insert = db.prepare(
    `INSERT INTO gewu_batch_row (batch_id, table_no, source_row, key, pile, reason, feature_id, class_code, street_code, values_now,
       values_was, faults, extra, shape, x, y, from_x, from_y, moved, cell_decisions)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  db.transaction(() => {
    for (const row of rows) {
      insert.run(
        batchId,
        row.tableNo,
        row.sourceRow,
        row.key,
        row.pile,
        json(reasonOf(row)),
        row.featureId,
        row.classCode,
        row.streetCode,
        JSON.stringify(row.now, said),
        json(row.was),
        json(row.faults),
        json(row.extra),
        row.shape,
        row.at?.[0] ?? null,
        row.at?.[1] ?? null,
        row.from?.[0] ?? null,
        row.from?.[1] ?? null,
        row.moved,
        json(heldBack(row.weighed)),
      );
    }
  })();
}

/** Writes again what a row says and in which pile it lies; where it stands and what was decided stays. */
export function rewriteRows(db: Database, rows: readonly StoredRow[]): void {
  const update = db.prepare(
    `UPDATE gewu_batch_row SET key = ?, pile = ?, class_code = ?, values_now = ?, values_was = ?, faults = ?, extra = ? WHERE id = ?`,
  );
  for (const { id, key, pile, classCode, now, was, faults, extra } of rows)
    update.run(key, pile, classCode, JSON.stringify(now), json(was), json(faults), json(extra), id);
}

function pair(x: number | null, y: number | null): [number, number] | null {
  return x === null || y === null ? null : [x, y];
}

/** JSON cells parsed, pairs put together. */
export function parseRow(record: RowRecord): StoredRow {
  const reason = record.reason === null ? null : (JSON.parse(record.reason) as StagedRow['reason']);
  return {
    id: record.id,
    tableNo: record.table_no,
    sourceRow: record.source_row,
    key: record.key,
    pile: record.pile,
    reason,
    weighed: (reason?.data['weighed'] ?? {}) as NonNullable<StagedRow['weighed']>,
    featureId: record.feature_id,
    classCode: record.class_code,
    streetCode: record.street_code,
    now: JSON.parse(record.values_now) as StagedRow['now'],
    was: record.values_was === null ? null : (JSON.parse(record.values_was) as StagedRow['now']),
    faults: record.faults === null ? [] : (JSON.parse(record.faults) as StagedRow['faults']),
    extra: record.extra === null ? {} : (JSON.parse(record.extra) as StagedRow['extra']),
    shape: record.shape,
    at: pair(record.x, record.y),
    from: pair(record.from_x, record.from_y),
    moved: record.moved,
    decision: record.decision,
    cellDecisions:
      record.cell_decisions === null ? {} : (JSON.parse(record.cell_decisions) as Record<string, CellState>),
    accepted: record.accepted === 1,
  };
}
