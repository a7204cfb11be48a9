import type { Database } from 'better-sqlite3';
import { rowsOfBatch } from './rows-out.ts';
import type { StoredRow } from './rows.ts';

const placeOf = (row: StoredRow): string => `${row.tableNo} ${row.sourceRow} ${row.tableNo < 0 ? row.featureId : ''}`;
const wordsOf = ({ pile, now, was }: StoredRow): string => JSON.stringify([pile, now, was]);

/** Takes decisions over from an earlier staging of the same files, for rows that lie in the same pile and say the same. Returns how many. */
export function carryDecisions(db: Database, from: number, to: number): number {
  const decided = new Map<string, StoredRow>();
  for (const row of rowsOfBatch(db, from))
    if (row.decision !== 'pending' || Object.keys(row.cellDecisions).length > 0) decided.set(placeOf(row), row);
  if (decided.size === 0) return 0;
  const update = db.prepare(`UPDATE gewu_batch_row SET decision = ?, cell_decisions = ? WHERE id = ?`);
  let carried = 0;
  for (const row of rowsOfBatch(db, to)) {
    const before = decided.get(placeOf(row));
    if (before === undefined || wordsOf(before) !== wordsOf(row)) continue;
    const cells = Object.keys(before.cellDecisions).length === 0 ? null : JSON.stringify(before.cellDecisions);
    update.run(before.decision, cells, row.id);
    carried += 1;
  }
  return carried;
}
