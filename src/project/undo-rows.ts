import type { Database } from 'better-sqlite3';
import type { Clash } from '../model/change.ts';
import type { CellValue } from '../model/component.ts';
import { sameCell } from './cell.ts';
import type { StoredCell } from './digest.ts';
import { readableCell } from './history.ts';
import type { Recorder } from './recorder.ts';
import { LOGGED } from './schema/schema.ts';
import { quoted } from './schema/table.ts';

interface LogRow {
  layer: string;
  feature_id: number;
  column: string | null;
  gone: number;
  was: StoredCell;
}
/** What one revision did to one row, to be taken back. */
interface RowUndo {
  layer: string;
  id: number;
  made: boolean;
  /** Cells of a removed row. */
  gone: Map<string, StoredCell>;
  /** Cells changed, each with its value before the revision. */
  cells: Map<string, StoredCell>;
}

/** The log of a revision row by row, latest row first; of a cell changed twice, the first value counts. */
function rowsOf(db: Database, n: number): RowUndo[] {
  const log = db.prepare<[number], LogRow>(
    `SELECT layer, feature_id, "column", gone, was FROM gewu_change WHERE revision = ? ORDER BY seq`,
  );
  const rows = new Map<string, RowUndo>();
  for (const entry of log.iterate(n)) {
    const key = `${entry.layer}:${entry.feature_id}`;
    let row = rows.get(key);
    if (row === undefined) {
      row = { layer: entry.layer, id: entry.feature_id, made: false, gone: new Map(), cells: new Map() };
      rows.set(key, row);
    }
    if (entry.column === null) row.made = true;
    else if (entry.gone === 1) row.gone.set(entry.column, entry.was);
    else if (!row.cells.has(entry.column)) row.cells.set(entry.column, entry.was);
  }
  return [...rows.values()].toReversed();
}

/** Takes back what revision `n` did, within the revision `tx`; cells left alone are added to `clashes`. */
export function takeBack(db: Database, tx: Recorder, n: number, force: boolean, clashes: Clash[]): void {
  const later = new LaterChanges(db, n);
  const removed: RowUndo[] = [];
  for (const row of rowsOf(db, n)) {
    if (row.made) {
      // Made and removed by the same revision: nothing of it was left.
      if (row.gone.size === 0 && unmake(tx, row, later, force, clashes)) removed.push(row);
    } else if (row.gone.size > 0) putBack(tx, row);
    else revert(tx, row, later, force, clashes);
  }
  keepWhatIsReferred(db, tx, removed, clashes);
}

function revert(tx: Recorder, row: RowUndo, later: LaterChanges, force: boolean, clashes: Clash[]): void {
  const writer = tx.writer(row.layer);
  const now = writer.read(row.id);
  if (now === null) return;
  const clashOf = later.of(row.layer, row.id);
  const cells: Record<string, StoredCell> = {};
  for (const [column, was] of row.cells) {
    const current = now[writer.placeOf(column)] ?? null;
    const clash = clashOf(column, current);
    if (clash === null || force) cells[column] = was;
    else if (!sameCell(was, current))
      clashes.push({ ...place(row, column), was: readableCell(was), now: readableCell(current), revision: clash });
  }
  tx.write(row.layer, row.id, cells, true);
}

/** Removes a row the revision made; false when it stays because of later work on it. */
function unmake(tx: Recorder, row: RowUndo, later: LaterChanges, force: boolean, clashes: Clash[]): boolean {
  const writer = tx.writer(row.layer);
  const now = writer.read(row.id);
  if (now === null) return false;
  const clashOf = later.of(row.layer, row.id);
  const found = writer.columns.flatMap((column, at): Clash[] => {
    const current = now[at] ?? null;
    const clash = clashOf(column, current);
    return clash === null ? [] : [{ ...place(row, column), was: null, now: readableCell(current), revision: clash }];
  });
  if (found.length > 0 && !force) {
    clashes.push(...found);
    return false;
  }
  tx.take(row.layer, row.id);
  return true;
}

function putBack(tx: Recorder, row: RowUndo): void {
  const writer = tx.writer(row.layer);
  if (writer.read(row.id) !== null) return;
  tx.restore(
    row.layer,
    row.id,
    writer.columns.map((column) => row.gone.get(column) ?? null),
  );
}

function place(row: RowUndo, column: string): { layer: string; id: number; column: string } {
  return { layer: row.layer, id: row.id, column };
}

/** Which cells later revisions left different from what revision `n` left. */
class LaterChanges {
  readonly #read: (layer: string, id: number) => Map<string, { revision: number; was: StoredCell }>;

  constructor(db: Database, n: number) {
    const later = db.prepare<[number, string, number], { revision: number; column: string | null; was: StoredCell }>(
      `SELECT revision, "column", was FROM gewu_change WHERE feature_id = ? AND layer = ? AND revision > ? ORDER BY revision, seq`,
    );
    this.#read = (layer, id) => {
      const first = new Map<string, { revision: number; was: StoredCell }>();
      for (const { revision, column, was } of later.all(id, layer, n)) {
        if (column !== null && !first.has(column)) first.set(column, { revision, was });
      }
      return first;
    };
  }

  /** For one row: the first later revision that changed a cell, when the cell is not now again what revision `n` left; else null. */
  of(layer: string, id: number): (column: string, current: StoredCell) => number | null {
    const first = this.#read(layer, id);
    return (column, current) => {
      const later = first.get(column);
      return later === undefined || sameCell(later.was, current) ? null : later.revision;
    };
  }
}

/** Rows other rows still point at come back: taking them away would tear a link somebody made since. */
function keepWhatIsReferred(db: Database, tx: Recorder, removed: readonly RowUndo[], clashes: Clash[]): void {
  const tables = new Set(removed.map((row) => row.layer));
  for (const table of tables) {
    const ids = removed.filter((row) => row.layer === table).map((row) => row.id);
    for (const [holder, column] of linksTo(table)) {
      const rows = db
        .prepare<[string], { id: number; to: number }>(
          `SELECT id, ${quoted(column)} AS "to" FROM ${quoted(holder)} WHERE ${quoted(column)} IN (SELECT value FROM json_each(?))`,
        )
        .all(JSON.stringify(ids));
      for (const row of rows) {
        const now: CellValue = row.to;
        clashes.push({ layer: holder, id: row.id, column, was: null, now, revision: latestChange(db, holder, row.id) });
        restoreTaken(db, tx, table, row.to);
      }
    }
  }
}

/** Every logged, not derived column that holds ids of a table. */
function linksTo(table: string): [string, string][] {
  return [...LOGGED.values()].flatMap((holder) =>
    holder.columns
      .filter((column) => column.refers === table && column.derived !== true)
      .map((column): [string, string] => [holder.name, column.name]),
  );
}

function latestChange(db: Database, layer: string, id: number): number {
  return (
    db
      .prepare<[number, string], number>(
        `SELECT coalesce(max(revision), 0) FROM gewu_change WHERE feature_id = ? AND layer = ?`,
      )
      .pluck()
      .get(id, layer) ?? 0
  );
}

/** Puts a row back that this very revision took away, from its own log. */
function restoreTaken(db: Database, tx: Recorder, layer: string, id: number): void {
  const writer = tx.writer(layer);
  if (writer.read(id) !== null) return;
  const log = db
    .prepare<[number, string, number], { column: string; was: StoredCell }>(
      `SELECT "column", was FROM gewu_change WHERE feature_id = ? AND layer = ? AND revision = ? AND gone = 1`,
    )
    .all(id, layer, tx.id);
  const cells = new Map(log.map((entry) => [entry.column, entry.was]));
  tx.restore(
    layer,
    id,
    writer.columns.map((column) => cells.get(column) ?? null),
  );
}
