import type { Database } from 'better-sqlite3';
import { parseRow, type DecisionName, type PileName, type RowRecord, type StoredRow } from './rows.ts';

/** Code of the reason a row lies in its pile for. */
export const REASON = `json_extract(reason, '$.code')`;

export interface RowFilter {
  pile: PileName;
  classCode?: string[] | undefined;
  column?: string[] | undefined;
  decision?: DecisionName[] | undefined;
  street?: string[] | undefined;
  /** Codes of the reasons rows lie in their pile for. */
  reason?: string[] | undefined;
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
  anyOf('street_code', filter.street);
  anyOf(REASON, filter.reason);
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
  streets: { value: string | null; name: string | null; count: number }[];
  reasons: { value: string; count: number }[];
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
    streets: db
      .prepare<[number, string], { value: string | null; name: string | null; count: number }>(
        `SELECT street_code AS value, (SELECT name FROM street s WHERE s.code = street_code) AS name, count(*) AS count ${of}
         GROUP BY street_code ORDER BY count DESC`,
      )
      .all(batchId, pile),
    reasons: db
      .prepare<[number, string], { value: string; count: number }>(
        `SELECT ${REASON} AS value, count(*) AS count ${of} AND reason IS NOT NULL GROUP BY 1 ORDER BY count DESC`,
      )
      .all(batchId, pile),
  };
}
