import type { Database } from 'better-sqlite3';
import { gpkgEnvelope } from '../model/geometry/wkb.ts';
import type { Bbox } from '../model/geometry/types.ts';
import type { StoredCell } from './digest.ts';
import { notingTriggers } from './schema/noting.ts';
import { rtreeName, rtreeTriggers } from './schema/rtree.ts';
import { quoted, type TableDef } from './schema/table.ts';

/** From this many rows on, a layer's triggers cost more than dropping and making them anew. */
export const BULK_ROWS = 500;

/** Box of a stored geometry; null where it is blank, empty or not to be read. */
export function boxOf(geom: StoredCell | undefined): Bbox | null {
  if (!(geom instanceof Uint8Array)) return null;
  try {
    return gpkgEnvelope(geom);
  } catch (error) {
    if (error instanceof Error && error.name === 'GeometryError') return null;
    throw error;
  }
}

/**
 * Writes a layer's R-tree by hand while its triggers are away. All of it happens inside the caller's one transaction, so a crash leaves
 * the file with its triggers.
 */
export class BulkLayer {
  readonly #db: Database;
  readonly #table: TableDef;
  readonly #triggers: Map<string, string>;
  readonly #put: (id: number, box: Bbox | null) => void;

  constructor(db: Database, table: TableDef) {
    this.#db = db;
    this.#table = table;
    this.#triggers = new Map([
      ...(table.geometry === null ? [] : rtreeTriggers(table.name)),
      ...(table.kind === 'gewu' ? [] : notingTriggers(table)),
    ]);
    for (const name of this.#triggers.keys()) db.exec(`DROP TRIGGER ${quoted(name)}`);
    const tree = quoted(rtreeName(table.name));
    const insert = table.geometry === null ? null : db.prepare(`INSERT INTO ${tree} VALUES (?, ?, ?, ?, ?)`);
    const remove = table.geometry === null ? null : db.prepare(`DELETE FROM ${tree} WHERE id = ?`);
    this.#put = (id, box) => {
      remove?.run(id);
      if (box !== null) insert?.run(id, box[0], box[2], box[1], box[3]);
    };
  }

  /** The row's geometry is now this. */
  set(id: number, geom: StoredCell | undefined): void {
    if (this.#table.geometry !== null) this.#put(id, boxOf(geom));
  }

  /** Puts the triggers back, exactly as they were. */
  end(): void {
    for (const sql of this.#triggers.values()) this.#db.exec(sql);
  }
}

/** Fills a layer's R-tree anew from its rows. */
export function rebuildRtree(db: Database, table: TableDef): void {
  const tree = quoted(rtreeName(table.name));
  db.exec(`DELETE FROM ${tree}`);
  const insert = db.prepare(`INSERT INTO ${tree} VALUES (?, ?, ?, ?, ?)`);
  const page = db
    .prepare<[number], [number, StoredCell]>(
      `SELECT "id", "geom" FROM ${quoted(table.name)} WHERE "id" > ? ORDER BY "id" LIMIT 5000`,
    )
    .raw();
  let after = Number.MIN_SAFE_INTEGER;
  for (let rows = page.all(after); rows.length > 0; rows = page.all(after)) {
    for (const [id, geom] of rows) {
      const box = boxOf(geom);
      if (box !== null) insert.run(id, box[0], box[2], box[1], box[3]);
      after = id;
    }
  }
}
