import type { Database, Statement } from 'better-sqlite3';
import { loggedDefs, sameCell, storedForm } from './cell.ts';
import type { StoredCell } from './digest.ts';
import { ProjectError } from './error.ts';
import { loggedColumns, quoted, type ColumnDef, type TableDef } from './schema/table.ts';

/** What `update` changed: the row before, in order of the logged columns, the row after, and which places differ. */
export interface RowChange {
  before: StoredCell[];
  after: StoredCell[];
  changed: number[];
}

/** Prepared statements over the logged columns of one table. It writes rows and knows nothing of revisions. */
export class TableWriter {
  readonly table: TableDef;
  readonly columns: readonly string[];
  readonly #db: Database;
  readonly #defs: readonly (ColumnDef | null)[];
  readonly #place: ReadonlyMap<string, number>;
  readonly #initial: readonly StoredCell[];
  readonly #insert: Statement<StoredCell[]>;
  readonly #read: Statement<[number], StoredCell[]>;
  readonly #remove: Statement<[number]>;
  readonly #updates = new Map<string, Statement<StoredCell[]>>();

  constructor(db: Database, table: TableDef) {
    this.#db = db;
    this.table = table;
    this.columns = loggedColumns(table);
    this.#defs = loggedDefs(table);
    this.#place = new Map(this.columns.map((column, at) => [column, at]));
    this.#initial = this.#defs.map((def) => def?.initial ?? null);
    const list = this.columns.map(quoted).join(', ');
    const t = quoted(table.name);
    const marks = this.columns.map(() => '?').join(', ');
    this.#insert = db.prepare(`INSERT INTO ${t} ("id", ${list}) VALUES (?, ${marks})`);
    this.#read = db.prepare<[number], StoredCell[]>(`SELECT ${list} FROM ${t} WHERE "id" = ?`).raw();
    this.#remove = db.prepare(`DELETE FROM ${t} WHERE "id" = ?`);
  }

  /** The logged cells of a row, or null where there is none. */
  read(id: number): StoredCell[] | null {
    return this.#read.get(id) ?? null;
  }

  /** Place of a column among the logged ones. @throws ProjectError 'input' for a column that is derived or not there */
  placeOf(column: string): number {
    const at = this.#place.get(column);
    if (at === undefined)
      throw new ProjectError('input', `${this.table.name} has no column "${column}" to write.`, {
        reason: 'column-unknown',
        layer: this.table.name,
        column,
      });
    return at;
  }

  #stored(at: number, value: StoredCell): StoredCell {
    const def = this.#defs[at];
    return def ? storedForm(this.table.name, def, value) : value;
  }

  /** Inserts a row, blanks filled as the file would; returns its id and cells. `id` null issues the next one. */
  insert(id: number | null, cells: Readonly<Record<string, StoredCell>>): { id: number; after: StoredCell[] } {
    const after = [...this.#initial];
    for (const [column, value] of Object.entries(cells)) {
      const at = this.placeOf(column);
      after[at] = this.#stored(at, value);
    }
    const done = this.#insert.run(id, ...after);
    return { id: Number(done.lastInsertRowid), after };
  }

  /** Inserts a row from all its logged cells as they once were. */
  restore(id: number, cells: StoredCell[]): void {
    this.#insert.run(id, ...cells);
  }

  /** Writes the cells that differ. Null when there is no such row; `changed` is empty when all were the same. */
  update(id: number, cells: Readonly<Record<string, StoredCell>>, asStored = false): RowChange | null {
    const before = this.read(id);
    if (before === null) return null;
    const after = [...before];
    const changed: number[] = [];
    for (const [column, value] of Object.entries(cells)) {
      const at = this.placeOf(column);
      const stored = asStored ? value : this.#stored(at, value);
      if (sameCell(before[at] ?? null, stored)) continue;
      after[at] = stored;
      changed.push(at);
    }
    if (changed.length > 0) this.#write(id, changed, after);
    return { before, after, changed };
  }

  #write(id: number, changed: number[], after: StoredCell[]): void {
    const key = changed.join(',');
    let statement = this.#updates.get(key);
    if (statement === undefined) {
      const set = changed.map((at) => `${quoted(this.columns[at] ?? '')} = ?`).join(', ');
      statement = this.#db.prepare(`UPDATE ${quoted(this.table.name)} SET ${set} WHERE "id" = ?`);
      this.#updates.set(key, statement);
    }
    statement.run(...changed.map((at) => after[at] ?? null), id);
  }

  remove(id: number): void {
    this.#remove.run(id);
  }
}
