import type { Database } from 'better-sqlite3';

/** What a component says of its photos, and the code they may be called by. A component that is not there says nothing. */
export function photoTextOf(db: Database, id: number): { text: string | null; code: string | null } {
  const row = db
    .prepare<[number], { photo: unknown; code: unknown }>(`SELECT photo, code FROM component WHERE id = ?`)
    .get(id);
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  return { text: text(row?.photo), code: text(row?.code) };
}
