import type { Database } from 'better-sqlite3';
import type { CellValue } from '../../model/component.ts';

/** Reads a row's cells as they are now; statements are kept by their column list. */
export function cellReader(
  db: Database,
): (table: string, id: number, columns: string[]) => Record<string, CellValue> | null {
  const known = new Map<string, ReturnType<typeof prepare>>();
  const prepare = (table: string, columns: string[]) =>
    db.prepare<[number], Record<string, CellValue>>(
      `SELECT ${['id', ...columns].map((column) => `"${column.replaceAll('"', '""')}"`).join(', ')} FROM "${table}" WHERE id = ?`,
    );
  return (table, id, columns) => {
    const key = `${table}\u0000${columns.join('\u0000')}`;
    const statement = known.get(key) ?? prepare(table, columns);
    known.set(key, statement);
    return statement.get(id) ?? null;
  };
}

/** Finds the line or area row of a component. */
export function shapeReader(db: Database): (table: string, componentId: number) => number | null {
  const line = db.prepare<[number], { id: number }>(`SELECT id FROM component_line WHERE component_id = ?`);
  const area = db.prepare<[number], { id: number }>(`SELECT id FROM component_area WHERE component_id = ?`);
  return (table, componentId) => (table === 'component_line' ? line : area).get(componentId)?.id ?? null;
}

/** Clarity rate as the stored columns have it, before an accept; null when nothing is in service. */
export function rateNow(db: Database): number | null {
  const row = db
    .prepare<[], { n: number; clear: number | null }>(
      `SELECT count(*) AS n, sum(clarity = 'clear') AS clear FROM component WHERE state IS NULL OR state NOT IN ('移除', '废弃')`,
    )
    .get();
  return row === undefined || row.n === 0 ? null : (row.clear ?? 0) / row.n;
}

export function markRowsAccepted(db: Database, ids: number[]): void {
  db.prepare(
    `UPDATE gewu_batch_row SET accepted = 1, decision = 'accept' WHERE id IN (SELECT value FROM json_each(?))`,
  ).run(JSON.stringify(ids));
}

/** Units of a delivery whose parent it names and the registry knows. */
export function parentLinks(db: Database, batchId: number): { id: number; parentId: number }[] {
  return db
    .prepare<[number], { id: number; parentId: number }>(
      `SELECT u.id, p.id AS parentId FROM gewu_batch_row b
         JOIN unit u ON u.name = b.key
         JOIN unit p ON p.name = json_extract(b.values_now, '$."#parent_name"')
       WHERE b.batch_id = ? AND p.id <> u.id AND u.parent_id IS NOT p.id`,
    )
    .all(batchId);
}
