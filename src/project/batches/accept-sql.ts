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
export function shapeReader(
  db: Database,
): (table: 'component_line' | 'component_area', componentId: number) => number | null {
  const line = db.prepare<[number], { id: number }>(`SELECT id FROM component_line WHERE component_id = ?`);
  const area = db.prepare<[number], { id: number }>(`SELECT id FROM component_area WHERE component_id = ?`);
  return (table, componentId) => (table === 'component_line' ? line : area).get(componentId)?.id ?? null;
}

/** Reads the geometry of a row as it is now. */
export function geometryReader(db: Database): (table: ShapedTable, id: number) => Uint8Array | null {
  const known = new Map<ShapedTable, (id: number) => Uint8Array | null>();
  return (table, id) => {
    let read = known.get(table);
    if (read === undefined) {
      const statement = db.prepare<[number], Uint8Array | null>(`SELECT geom FROM ${table} WHERE id = ?`).pluck();
      known.set(table, (read = (row) => statement.get(row) ?? null));
    }
    return read(id);
  };
}

type ShapedTable = 'component' | 'component_line' | 'component_area' | 'unit_grid' | 'street' | 'community';

/** Clarity rate as the stored columns have it, before an accept; null when nothing is in service. */
export function rateNow(db: Database): number | null {
  const row = db
    .prepare<[], { n: number; clear: number | null }>(
      `SELECT count(*) AS n, sum(clarity = 'clear') AS clear FROM component WHERE state IS NULL OR state NOT IN ('移除', '废弃')`,
    )
    .get();
  return row === undefined || row.n === 0 ? null : (row.clear ?? 0) / row.n;
}

/** Notes which live row a staged one became. */
export function linkRows(db: Database, links: readonly { rowId: number; featureId: number }[]): void {
  const update = db.prepare(`UPDATE gewu_batch_row SET feature_id = ? WHERE id = ?`);
  for (const { rowId, featureId } of links) update.run(featureId, rowId);
}

/** Rows of which nothing is left to decide. */
export function markRowsAccepted(db: Database, ids: number[]): void {
  db.prepare(
    `UPDATE gewu_batch_row SET accepted = 1, decision = 'accept' WHERE id IN (SELECT value FROM json_each(?))`,
  ).run(JSON.stringify(ids));
}

/** Cells that came in of rows of which others are still to be decided. */
export function markCellsAccepted(db: Database, rows: ReadonlyMap<number, readonly string[]>): void {
  const mark = db.prepare(
    `UPDATE gewu_batch_row SET cell_decisions = json_patch(coalesce(cell_decisions, '{}'), ?) WHERE id = ?`,
  );
  for (const [id, columns] of rows)
    mark.run(JSON.stringify(Object.fromEntries(columns.map((one) => [one, 'done']))), id);
}
