import type { Database } from 'better-sqlite3';

/** A setting of the project, or null where it was never set. */
export function getMeta(db: Database, key: string): string | null {
  const row = db.prepare<[string], { value: string | null }>(`SELECT value FROM gewu_meta WHERE key = ?`).get(key);
  return row?.value ?? null;
}

export function setMeta(db: Database, key: string, value: string | null): void {
  db.prepare(
    `INSERT INTO gewu_meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
  ).run(key, value);
}
