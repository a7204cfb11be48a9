import type { Database } from 'better-sqlite3';
import { REASON } from './pages.ts';
import type { DecisionName, PileName } from './rows.ts';

export interface RowSelect {
  pile?: PileName | undefined;
  rows?: number[] | undefined;
  classCode?: string | undefined;
  street?: string | undefined;
  column?: string | undefined;
  reason?: string | undefined;
}

/** Cells held back, as an object of cell decisions; empty where there are none. */
const HELD = `(SELECT json_group_object(key, 'hold') FROM json_each(reason, '$.data.weighed')
  WHERE json_extract(value, '$.code') <> 'edited-since')`;

/** Whether every cell of a changed row is held back (or came in already): a decision about many rows leaves such a row alone. */
export const ALL_HELD = `(coalesce(cell_decisions, '') LIKE '%"hold"%' AND NOT EXISTS (SELECT 1 FROM json_each(values_was) w
  WHERE coalesce(json_extract(cell_decisions, '$.' || json_quote(w.key)), 'pending') NOT IN ('hold', 'done')))`;

/** Rows with cells held back, by why. */
export function countHeld(db: Database, batchId: number): { code: string; rows: number }[] {
  return db
    .prepare<[number], { code: string; rows: number }>(
      `SELECT ${REASON} AS code, count(*) AS rows FROM gewu_batch_row
       WHERE batch_id = ? AND cell_decisions LIKE '%"hold"%' GROUP BY 1 ORDER BY 1`,
    )
    .all(batchId);
}

/**
 * Sets the decision of rows, or of one column's cells in them when `column` is given. Accepted rows stay as they are. Cells held back are
 * accepted only by a selection that is about them: of rows, or of a reason; refusing is for all. Returns how many rows.
 */
export function decideRows(db: Database, batchId: number, select: RowSelect, decision: DecisionName): number {
  const { parts, params } = where(batchId, select);
  const meant = select.rows !== undefined || select.reason !== undefined || decision === 'reject';
  if (select.column !== undefined) return decideCells(db, { parts, params }, select.column, decision, meant);
  if (!meant) parts.push(`NOT ${ALL_HELD}`);
  // What came in stays so; held cells go back to waiting, unless the decision is about them.
  const cells = meant && decision !== 'pending' ? `'{}'` : HELD;
  const done = `(SELECT json_group_object(key, value) FROM json_each(cell_decisions) WHERE value = 'done')`;
  const set = `decision = ?, cell_decisions = nullif(json_patch(${cells}, coalesce(${done}, '{}')), '{}')`;
  return db.prepare(`UPDATE gewu_batch_row SET ${set} WHERE ${parts.join(' AND ')}`).run(decision, ...params).changes;
}

function where(batchId: number, select: RowSelect): { parts: string[]; params: (string | number)[] } {
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
  equal(REASON, select.reason);
  if (select.rows !== undefined) {
    parts.push(`id IN (SELECT value FROM json_each(?))`);
    params.push(JSON.stringify(select.rows));
  }
  return { parts, params };
}

function decideCells(
  db: Database,
  { parts, params }: ReturnType<typeof where>,
  column: string,
  decision: DecisionName,
  meant: boolean,
): number {
  const cell = `json_extract(cell_decisions, '$.' || json_quote(?))`;
  parts.push(`EXISTS (SELECT 1 FROM json_each(values_was) WHERE key = ?)`);
  parts.push(`coalesce(${cell}, '') NOT IN (${meant ? `'done'` : `'done', 'hold'`})`);
  // A held cell that is left undecided waits as before.
  const state = decision === 'pending' ? `coalesce(json_extract(${HELD}, '$.' || json_quote(?)), 'pending')` : `?`;
  const given = decision === 'pending' ? [column] : [decision];
  return db
    .prepare(
      `UPDATE gewu_batch_row SET cell_decisions = json_set(coalesce(cell_decisions, '{}'), '$.' || json_quote(?), ${state})
       WHERE ${parts.join(' AND ')}`,
    )
    .run(column, ...given, ...params, column, column).changes;
}
