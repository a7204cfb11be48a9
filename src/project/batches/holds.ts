import type { Database } from 'better-sqlite3';

/** A revision holds unless a revision that took it back holds. */
export function holds(db: Database, revision: number): boolean {
  const undos = db.prepare<[number], { id: number }>(`SELECT id FROM gewu_revision WHERE undo_of = ?`).all(revision);
  return !undos.some((undo) => holds(db, undo.id));
}
