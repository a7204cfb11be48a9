import type { Database, Statement } from 'better-sqlite3';
import type { CellValue } from '../model/component.ts';
import { BULK_ROWS, BulkLayer } from './bulk.ts';
import { CodeBook, isCoded, type CodedLayer } from './code-issue.ts';
import { addRow, digestTable, storedDigest, storeDigest, type Digest, type StoredCell } from './digest.ts';
import { ProjectError } from './error.ts';
import { LOGGED } from './schema/schema.ts';
import { TableWriter } from './table-writer.ts';
import { Touched } from './touched.ts';

/** What work done inside one revision may do to the logged tables. Valid until `revise` returns. */
export interface RevisionTx {
  /** Number this revision will have, should it change anything. */
  readonly id: number;
  /** What the words need; may be added to while working. */
  readonly summary: Record<string, CellValue>;
  /** Inserts a row; its key alone is kept. Returns the id issued. */
  insert(table: string, row: Readonly<Record<string, CellValue | Uint8Array>>): number;
  /** Writes the cells that really differ; false when none did. @throws ProjectError 'not-found' */
  update(table: string, id: number, cells: Readonly<Record<string, CellValue | Uint8Array>>): boolean;
  /** Takes a row away, keeping all its cells. Layers' features are retired, never removed. @throws ProjectError 'refused', 'not-found' */
  remove(table: string, id: number): void;
  /** The row as it is now: logged cells by column, or null. */
  read(table: string, id: number): Record<string, CellValue | Uint8Array> | null;
  /** The next code under a prefix (district + class, or community). @throws ProjectError 'codes-exhausted' */
  issueCode(layer: CodedLayer, prefix: string): string;
  /** A code seen in use: never to be issued. */
  noteCode(layer: CodedLayer, code: string): void;
}

/** Layers whose rows stay for ever; their shapes in other layers follow them and may go. */
const KEPT = new Set(['component', 'unit_grid', 'street', 'community']);

/** Keeps the change log, digests, codes, the R-tree in bulk and what was touched, while a revision is under way. */
export class Recorder implements RevisionTx {
  readonly id: number;
  readonly summary: Record<string, CellValue>;
  readonly touched = new Touched();
  readonly #db: Database;
  readonly #writers: Map<string, TableWriter>;
  readonly #codes: CodeBook;
  readonly #log: Statement<[number, number, string, number, string | null, number, StoredCell]>;
  readonly #bulk = new Map<string, BulkLayer>();
  readonly #writes = new Map<string, number>();
  readonly #made = new Map<string, Set<number>>();
  readonly #digests = new Map<string, Digest>();
  #seq = 0;

  constructor(db: Database, writers: Map<string, TableWriter>, id: number, summary: Record<string, CellValue>) {
    this.#db = db;
    this.#writers = writers;
    this.id = id;
    this.summary = { ...summary };
    this.#codes = new CodeBook(db);
    this.#log = db.prepare(
      `INSERT INTO gewu_change (revision, seq, layer, feature_id, "column", gone, was) VALUES (?, ?, ?, ?, ?, ?, ?)`,
    );
  }

  /** Log entries so far. */
  get entries(): number {
    return this.#seq;
  }

  writer(table: string): TableWriter {
    let writer = this.#writers.get(table);
    if (writer === undefined) {
      const def = LOGGED.get(table);
      if (def === undefined)
        throw new ProjectError('input', `There is no table "${table}" to write.`, { reason: 'table-unknown', table });
      this.#writers.set(table, (writer = new TableWriter(this.#db, def)));
    }
    return writer;
  }

  insert(table: string, row: Readonly<Record<string, CellValue | Uint8Array>>): number {
    const writer = this.writer(table);
    this.#count(writer);
    const { id, after } = writer.insert(null, row);
    this.#afterInsert(writer, id, after);
    return id;
  }

  /** Puts a removed row back under its own id, cell by cell as it was. */
  restore(table: string, id: number, cells: StoredCell[]): void {
    const writer = this.writer(table);
    this.#count(writer);
    writer.restore(id, cells);
    this.#afterInsert(writer, id, cells);
  }

  #afterInsert(writer: TableWriter, id: number, after: StoredCell[]): void {
    const name = writer.table.name;
    let made = this.#made.get(name);
    if (made === undefined) this.#made.set(name, (made = new Set()));
    made.add(id);
    this.#entry(name, id, null, 0, null);
    this.#digest(writer, id, null, after);
    this.#bulk.get(name)?.set(id, after[0]);
    this.touched.note(writer, id, null, after, null);
    this.#noteOwnCode(writer, after);
  }

  update(table: string, id: number, cells: Readonly<Record<string, CellValue | Uint8Array>>): boolean {
    return this.write(table, id, cells, false);
  }

  /** `asStored`: the cells come out of the log or another program and go in as they are. */
  write(table: string, id: number, cells: Readonly<Record<string, StoredCell>>, asStored: boolean): boolean {
    const writer = this.writer(table);
    this.#count(writer);
    const change = writer.update(id, cells, asStored);
    if (change === null)
      throw new ProjectError('not-found', `There is no ${table} ${id}.`, { reason: 'row', layer: table, id });
    if (change.changed.length === 0) return false;
    this.recordUpdate(writer, id, change.before, change.after, change.changed);
    return true;
  }

  /** Keeps the cells before of a row that has been written already. */
  recordUpdate(writer: TableWriter, id: number, before: StoredCell[], after: StoredCell[], changed: number[]): void {
    const name = writer.table.name;
    const own = this.#made.get(name)?.has(id) === true;
    if (!own) for (const at of changed) this.#entry(name, id, writer.columns[at] ?? '', 0, before[at] ?? null);
    this.#digest(writer, id, before, after);
    if (writer.columns[0] === 'geom' && changed.includes(0)) this.#bulk.get(name)?.set(id, after[0]);
    this.touched.note(writer, id, before, after, own ? null : changed);
    if (changed.some((at) => writer.columns[at] === 'code')) this.#noteOwnCode(writer, after);
  }

  remove(table: string, id: number): void {
    if (KEPT.has(table))
      throw new ProjectError('refused', `A ${table} is never deleted: retire it.`, {
        reason: 'never-deleted',
        layer: table,
        id,
      });
    this.take(table, id);
  }

  /** Removes any row, of a layer too: undo of an insert. */
  take(table: string, id: number): void {
    const writer = this.writer(table);
    this.#count(writer);
    const before = writer.read(id);
    if (before === null)
      throw new ProjectError('not-found', `There is no ${table} ${id}.`, { reason: 'row', layer: table, id });
    writer.remove(id);
    this.recordRemove(writer, id, before);
  }

  /** Keeps all cells of a row that is gone already; blanks go without saying, but for the first, so that the row is named at all. */
  recordRemove(writer: TableWriter, id: number, before: StoredCell[]): void {
    const name = writer.table.name;
    for (const [at, column] of writer.columns.entries()) {
      const cell = before[at] ?? null;
      if (at === 0 || cell !== null) this.#entry(name, id, column, 1, cell);
    }
    this.#digest(writer, id, before, null);
    this.#bulk.get(name)?.set(id, null);
    this.touched.note(writer, id, before, null, null);
  }

  /** Keeps the key of a row another program made. */
  recordInsert(writer: TableWriter, id: number, after: StoredCell[]): void {
    this.#afterInsert(writer, id, after);
  }

  read(table: string, id: number): Record<string, CellValue | Uint8Array> | null {
    const writer = this.writer(table);
    const cells = writer.read(id);
    return cells === null ? null : Object.fromEntries(writer.columns.map((column, at) => [column, cells[at] ?? null]));
  }

  issueCode(layer: CodedLayer, prefix: string): string {
    return this.#codes.issue(layer, prefix, this.id);
  }

  noteCode(layer: CodedLayer, code: string): void {
    this.#codes.note(layer, code, this.id);
  }

  /** Triggers back, digests kept. What is derived comes after. */
  settle(): void {
    for (const bulk of this.#bulk.values()) bulk.end();
    this.#bulk.clear();
    for (const [table, digest] of this.#digests) storeDigest(this.#db, table, digest);
  }

  #entry(table: string, id: number, column: string | null, gone: 0 | 1, was: StoredCell): void {
    this.#log.run(this.id, this.#seq++, table, id, column, gone, was);
  }

  #digest(writer: TableWriter, id: number, before: StoredCell[] | null, after: StoredCell[] | null): void {
    const name = writer.table.name;
    let digest = this.#digests.get(name);
    if (digest === undefined) {
      const stored = storedDigest(this.#db, name);
      digest = stored ?? digestTable(this.#db, writer.table);
      this.#digests.set(name, digest);
      if (stored === null) return;
    }
    if (before !== null) addRow(digest, id, before, -1);
    if (after !== null) addRow(digest, id, after, 1);
  }

  /** Counts a write to come, and changes over to bulk writing when there have been many. */
  #count(writer: TableWriter): void {
    const name = writer.table.name;
    const n = (this.#writes.get(name) ?? 0) + 1;
    this.#writes.set(name, n);
    if (n === BULK_ROWS && writer.table.kind !== 'gewu') this.#bulk.set(name, new BulkLayer(this.#db, writer.table));
  }

  #noteOwnCode(writer: TableWriter, after: StoredCell[]): void {
    const name = writer.table.name;
    if (!isCoded(name)) return;
    const code = after[writer.placeOf('code')];
    if (typeof code === 'string' && code !== '') this.noteCode(name, code);
  }
}
