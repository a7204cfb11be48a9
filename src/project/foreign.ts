import type { Database } from 'better-sqlite3';
import { sameCell } from './cell.ts';
import { deriveAll } from './derive.ts';
import { digestTable, sameDigest, storedDigest, storeDigest, type StoredCell } from './digest.ts';
import type { ForeignReport } from './info.ts';
import type { ProjectFile } from './project-file.ts';
import type { Recorder } from './recorder.ts';
import { LOGGED } from './schema/schema.ts';
import type { TableDef } from './schema/table.ts';

/** Under this name the log keeps what other programs did. */
export const ANOTHER_PROGRAM = '另一个程序 / another program';

interface Note {
  layer: string;
  feature_id: number;
  operation: 'insert' | 'update' | 'delete' | 'replace';
  cells: string | null;
  geom: Uint8Array | null;
}

/**
 * Makes what another program did one revision, undoable like any other: the first note of a row holds it as Gewu left it, and the row
 * itself says what became of it. With `moved` (the file changed while it was at rest, or notes may be missing) every table is compared
 * with its digest, and what changed unnoted is reported. Derived columns are recomputed either way.
 */
export function pickUpForeign(file: ProjectFile, moved: boolean): ForeignReport | null {
  const { db } = file;
  const noted = db.prepare<[], number>(`SELECT EXISTS (SELECT 1 FROM gewu_foreign_change)`).pluck().get() === 1;
  if (!noted && !moved) return null;
  const done = noted
    ? file.reviseWith({ command: 'foreign', person: ANOTHER_PROGRAM, summary: {} }, (tx) => {
        const notes = db
          .prepare<[], Note>(`SELECT layer, feature_id, operation, cells, geom FROM gewu_foreign_change ORDER BY id`)
          .all();
        followNotes(tx, notes);
        db.exec(`DELETE FROM gewu_foreign_change`);
        tx.summary['rows'] = [...tx.touched.rows.values()].reduce((sum, ids) => sum + ids.size, 0);
      })
    : null;
  const rows = [...(done?.changed ?? new Map<string, number[]>())].reduce((sum, [, ids]) => sum + ids.length, 0);
  const beyond = changedBeyond(file);
  const revision = done?.revision ?? null;
  return revision === null && beyond.length === 0 ? null : { revision, rows, beyond };
}

/** The state of each row when Gewu left it: null for a row that was not there. */
function followNotes(tx: Recorder, notes: readonly Note[]): void {
  const first = new Map<string, Note>();
  for (const note of notes) {
    const key = `${note.layer}:${note.feature_id}`;
    if (!first.has(key)) first.set(key, note);
  }
  for (const note of first.values()) {
    const table = LOGGED.get(note.layer);
    if (table !== undefined) followRow(tx, table, note);
  }
}

function followRow(tx: Recorder, table: TableDef, note: Note): void {
  const writer = tx.writer(table.name);
  const id = note.feature_id;
  const now = writer.read(id);
  const before = note.operation === 'insert' ? null : cellsBefore(writer.columns, note);
  if (before === null) {
    if (now !== null) tx.recordInsert(writer, id, now);
  } else if (now === null) tx.recordRemove(writer, id, before);
  else {
    const changed = writer.columns.flatMap((_, at) => (sameNoted(before[at] ?? null, now[at] ?? null) ? [] : [at]));
    if (changed.length > 0) tx.recordUpdate(writer, id, before, now, changed);
  }
}

/** Reals lose digits in another program's JSON; what differs beyond that is no change. */
function sameNoted(before: StoredCell, now: StoredCell): boolean {
  if (typeof before === 'number' && typeof now === 'number') return before.toPrecision(15) === now.toPrecision(15);
  return sameCell(before, now);
}

function cellsBefore(columns: readonly string[], note: Note): StoredCell[] {
  const cells = JSON.parse(note.cells ?? '{}') as Record<string, StoredCell | undefined>;
  return columns.map((column) => (column === 'geom' ? note.geom : (cells[column] ?? null)));
}

/** Tables whose digest is not what it should be: changed with the noting triggers away or switched off. */
function changedBeyond(file: ProjectFile): ForeignReport['beyond'] {
  const beyond = unexplained(file.db);
  if (beyond.length === 0) return [];
  file.write((db) => {
    for (const { table } of beyond) {
      const def = LOGGED.get(table);
      if (def !== undefined) storeDigest(db, table, digestTable(db, def));
    }
    deriveAll(db, file.today);
  });
  return beyond;
}

function unexplained(db: Database): ForeignReport['beyond'] {
  return [...LOGGED.values()].flatMap((table) => {
    const was = storedDigest(db, table.name);
    const now = digestTable(db, table);
    if (was !== null && sameDigest(was, now)) return [];
    return [{ table: table.name, rowsWas: was?.rows ?? 0, rowsNow: now.rows }];
  });
}
