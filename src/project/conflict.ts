import type { Database } from 'better-sqlite3';
import type { CellValue } from '../model/component.ts';
import { sameCell } from './cell.ts';
import { ProjectError } from './error.ts';
import { cellNow, readableCell } from './history.ts';
import { LOGGED } from './schema/schema.ts';

/**
 * Refuses a change made on a picture that is out of date.
 * @throws ProjectError 'conflict' with the column, what the screen showed (`was`) and what the file holds (`now`); 'not-found'
 */
export function checkWas(db: Database, table: string, id: number, was: Readonly<Record<string, CellValue>>): void {
  const known = LOGGED.get(table);
  for (const [column, shown] of Object.entries(was)) {
    if (known === undefined || !known.columns.some((each) => each.name === column))
      throw new ProjectError('input', `${table} has no column "${column}".`, { table, column });
    const now = cellNow(db, { layer: table, id, column });
    if (now === undefined) throw new ProjectError('not-found', `There is no ${table} ${id}.`, { table, id });
    if (sameCell(now, shown)) continue;
    throw new ProjectError(
      'conflict',
      `Somebody changed ${table} ${id} meanwhile: ${column} is now "${String(readableCell(now) ?? '')}", not "${String(shown ?? '')}".`,
      { layer: table, id, column, was: shown, now: readableCell(now) },
    );
  }
}
