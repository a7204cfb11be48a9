import type { Database } from 'better-sqlite3';
import { sameCell } from './cell.ts';
import { deriveAll } from './derive.ts';
import { digestTable, sameDigest, storedDigest, storeDigest, type StoredCell } from './digest.ts';
import type { ForeignReport } from './info.ts';
import type { ProjectFile } from './project-file.ts';
import type { Recorder } from './recorder.ts';
import { LOGGED } from './schema/schema.ts';

/** Under this name the log keeps what other programs did. */
export const ANOTHER_PROGRAM = '另一个程序 / another program';

interface Note {
  layer: string;
  feature_id: number;
  operation: 'insert' | 'update' | 'delete' | 'replace';
  column: string | null;
  was: StoredCell;
}
/** What was noted of one row: whether it was there at all, and the first note of each cell. */
interface NotedRow {
  layer: string;
  id: number;
  made: boolean;
  cells: Map<string, StoredCell>;
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
    ? file.reviseWith({ command: 'foreign', person: ANOTHER_PROGRAM }, (tx) => {
        for (const row of notedRows(db)) followRow(tx, row);
        db.exec(`DELETE FROM gewu_foreign_change`);
        const rows = [...tx.touched.rows.values()].reduce((sum, ids) => sum + ids.size, 0);
        tx.summary['rows'] = rows;
        return rows;
      })
    : null;
  const beyond = changedBeyond(file);
  const revision = done?.revision ?? null;
  return revision === null && beyond.length === 0 ? null : { revision, rows: done?.value ?? 0, beyond };
}

/** Of each row the first note says whether it was there; of each cell the first note says what it held. */
function notedRows(db: Database): NotedRow[] {
  const notes = db.prepare<[], Note>(
    `SELECT layer, feature_id, operation, "column", was FROM gewu_foreign_change ORDER BY id`,
  );
  const rows = new Map<string, NotedRow>();
  for (const note of notes.iterate()) {
    const key = `${note.layer}:${note.feature_id}`;
    let row = rows.get(key);
    if (row === undefined) {
      row = { layer: note.layer, id: note.feature_id, made: note.operation === 'insert', cells: new Map() };
      rows.set(key, row);
    }
    if (note.column !== null && !row.cells.has(note.column)) row.cells.set(note.column, note.was);
  }
  return [...rows.values()];
}

function followRow(tx: Recorder, row: NotedRow): void {
  if (!LOGGED.has(row.layer)) return;
  const writer = tx.writer(row.layer);
  const now = writer.read(row.id);
  if (row.made) {
    if (now !== null) tx.recordInsert(writer, row.id, now);
    return;
  }
  const before = writer.columns.map(
    (column, at) => row.cells.get(column) ?? (row.cells.has(column) ? null : (now?.[at] ?? null)),
  );
  if (now === null) tx.recordRemove(writer, row.id, before);
  else {
    const changed = writer.columns.flatMap((_, at) => (sameCell(before[at] ?? null, now[at] ?? null) ? [] : [at]));
    if (changed.length > 0) tx.recordUpdate(writer, row.id, before, now, changed);
  }
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
