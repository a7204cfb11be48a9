import type { Database } from 'better-sqlite3';
import type { CellValue } from '../../model/component.ts';
import type { PileCounts } from './batches.ts';

export type PileName = keyof PileCounts;
export type DecisionName = 'accept' | 'reject' | 'pending';

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
  faults: { field: string | null; code: string; column: string | null }[];
  extra: Record<string, string | null>;
  shape: Uint8Array | null;
  at: [number, number] | null;
  from: [number, number] | null;
  moved: number | null;
}

export interface StoredRow extends StagedRow {
  id: number;
  decision: DecisionName;
  cellDecisions: Record<string, DecisionName>;
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

/** Writes a block of staged rows in one short transaction. */
export function insertRows(db: Database, batchId: number, rows: StagedRow[]): void {
  const insert = db.prepare(
    `INSERT INTO gewu_batch_row (batch_id, table_no, source_row, key, pile, reason, feature_id, class_code, street_code, values_now,
       values_was, faults, extra, shape, x, y, from_x, from_y, moved)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  db.transaction(() => {
    for (const row of rows) {
      insert.run(
        batchId,
        row.tableNo,
        row.sourceRow,
        row.key,
        row.pile,
        json(row.reason),
        row.featureId,
        row.classCode,
        row.streetCode,
        JSON.stringify(row.now),
        json(row.was),
        json(row.faults),
        json(row.extra),
        row.shape,
        row.at?.[0] ?? null,
        row.at?.[1] ?? null,
        row.from?.[0] ?? null,
        row.from?.[1] ?? null,
        row.moved,
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
  return {
    id: record.id,
    tableNo: record.table_no,
    sourceRow: record.source_row,
    key: record.key,
    pile: record.pile,
    reason: record.reason === null ? null : (JSON.parse(record.reason) as StagedRow['reason']),
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
      record.cell_decisions === null ? {} : (JSON.parse(record.cell_decisions) as Record<string, DecisionName>),
    accepted: record.accepted === 1,
  };
}

export interface RowFilter {
  pile: PileName;
  classCode?: string[] | undefined;
  column?: string[] | undefined;
  decision?: DecisionName[] | undefined;
}

function where(batchId: number, filter: RowFilter): { sql: string; params: (string | number)[] } {
  const parts = ['batch_id = ?', 'pile = ?'];
  const params: (string | number)[] = [batchId, filter.pile];
  const anyOf = (column: string, values: string[] | undefined) => {
    if (values === undefined || values.length === 0) return;
    parts.push(`${column} IN (${values.map(() => '?').join(', ')})`);
    params.push(...values);
  };
  anyOf('class_code', filter.classCode);
  anyOf('decision', filter.decision);
  if (filter.column !== undefined && filter.column.length > 0) {
    parts.push(
      `EXISTS (SELECT 1 FROM json_each(values_was) WHERE key IN (${filter.column.map(() => '?').join(', ')}))`,
    );
    params.push(...filter.column);
  }
  return { sql: parts.join(' AND '), params };
}

export function pageRows(
  db: Database,
  batchId: number,
  filter: RowFilter,
  page: { offset: number; limit: number },
): { rows: StoredRow[]; total: number } {
  const { sql, params } = where(batchId, filter);
  const total = db
    .prepare<(string | number)[], { n: number }>(`SELECT count(*) AS n FROM gewu_batch_row WHERE ${sql}`)
    .get(...params);
  const rows = db
    .prepare<(string | number)[], RowRecord>(`SELECT * FROM gewu_batch_row WHERE ${sql} ORDER BY id LIMIT ? OFFSET ?`)
    .all(...params, page.limit, page.offset);
  return { rows: rows.map(parseRow), total: total?.n ?? 0 };
}

export function batchFacets(
  db: Database,
  batchId: number,
  pile: PileName,
): {
  classes: { value: string | null; count: number }[];
  columns: { value: string; count: number }[];
  decisions: { value: DecisionName; count: number }[];
} {
  const of = `FROM gewu_batch_row WHERE batch_id = ? AND pile = ?`;
  return {
    classes: db
      .prepare<[number, string], { value: string | null; count: number }>(
        `SELECT class_code AS value, count(*) AS count ${of} GROUP BY class_code ORDER BY count DESC`,
      )
      .all(batchId, pile),
    columns: db
      .prepare<[number, string], { value: string; count: number }>(
        `SELECT e.key AS value, count(*) AS count FROM gewu_batch_row r, json_each(r.values_was) e
         WHERE r.batch_id = ? AND r.pile = ? GROUP BY e.key ORDER BY count DESC`,
      )
      .all(batchId, pile),
    decisions: db
      .prepare<[number, string], { value: DecisionName; count: number }>(
        `SELECT decision AS value, count(*) AS count ${of} GROUP BY decision`,
      )
      .all(batchId, pile),
  };
}

export interface RowSelect {
  pile?: PileName | undefined;
  rows?: number[] | undefined;
  classCode?: string | undefined;
  street?: string | undefined;
  column?: string | undefined;
}

/** Sets the decision of rows, or of one column's cells in them when `column` is given. Accepted rows stay as they are. Returns how many rows. */
export function decideRows(db: Database, batchId: number, select: RowSelect, decision: DecisionName): number {
  const parts = ['batch_id = ?', 'accepted = 0'];
  const params: (string | number)[] = [batchId];
  const equal = (column: string, value: string | undefined) => {
    if (value === undefined) return;
    parts.push(`${column} = ?`);
    params.push(value);
  };
  equal('pile', select.pile);
  equal('class_code', select.classCode);
  equal('street_code', select.street);
  if (select.rows !== undefined) {
    parts.push(`id IN (SELECT value FROM json_each(?))`);
    params.push(JSON.stringify(select.rows));
  }
  if (select.column === undefined) {
    const set = `decision = ?, cell_decisions = NULL`;
    return db.prepare(`UPDATE gewu_batch_row SET ${set} WHERE ${parts.join(' AND ')}`).run(decision, ...params).changes;
  }
  parts.push(`EXISTS (SELECT 1 FROM json_each(values_was) WHERE key = ?)`);
  return db
    .prepare(
      `UPDATE gewu_batch_row SET cell_decisions = json_set(coalesce(cell_decisions, '{}'), '$.' || json_quote(?), ?)
       WHERE ${parts.join(' AND ')}`,
    )
    .run(select.column, decision, ...params, select.column).changes;
}
