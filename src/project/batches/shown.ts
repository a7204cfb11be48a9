import type { Database } from 'better-sqlite3';
import { ROLES, type CellValue } from '../../model/component.ts';

/** Columns the words of a component are looked up from. */
export const SHOWN_FROM: readonly string[] = [
  ...ROLES.map((role) => `${role}_id`),
  'grid_id',
  'street_code',
  'community_code',
];

const QUERIES: Record<string, { from: string; sql: string }> = {
  grid_text: { from: 'grid_id', sql: 'SELECT code FROM unit_grid WHERE id = ?' },
  street_text: { from: 'street_code', sql: 'SELECT name FROM street WHERE code = ?' },
  community_text: { from: 'community_code', sql: 'SELECT name FROM community WHERE code = ?' },
};
for (const role of ROLES) {
  QUERIES[`${role}_text`] = { from: `${role}_id`, sql: 'SELECT name FROM unit WHERE id = ?' };
  QUERIES[`${role}_code_text`] = {
    from: `${role}_id`,
    sql: 'SELECT coalesce(credit_code, code) FROM unit WHERE id = ?',
  };
}

/**
 * What the project itself says in place of a surveyed text: the registered unit, the grid, street and community the point stands in – the
 * words an export goes out with. Null for other columns, and where nothing is registered. Looked up once for each id.
 */
export function shownWords(
  db: Database,
): (column: string, cells: Readonly<Record<string, CellValue>>) => string | null {
  const known = new Map<string, (id: CellValue) => string | null>();
  for (const [column, { sql }] of Object.entries(QUERIES)) {
    const find = db.prepare<[CellValue], string | null>(sql).pluck();
    const held = new Map<CellValue, string | null>();
    known.set(column, (id) => {
      const word = held.has(id) ? held.get(id) : (find.get(id) ?? null);
      held.set(id, word ?? null);
      return word ?? null;
    });
  }
  return (column, cells) => {
    const from = QUERIES[column]?.from;
    const id = from === undefined ? null : (cells[from] ?? null);
    return id === null ? null : (known.get(column)?.(id) ?? null);
  };
}
