import type { Database } from 'better-sqlite3';
import { decodeGpkg } from '../../model/geometry/wkb.ts';
import { eachNumber } from '../queries/columns.ts';
import { idsParameter } from '../queries/reader.ts';

/** Places of components, in no order. */
export interface PlainPoints {
  ids: Int32Array;
  xs: Float64Array;
  ys: Float64Array;
}

/** Ids read in one go: each makes about 40 characters of text. */
const BLOCK = 50_000;
/**
 * A point as Gewu and GDAL write it: no envelope, then little-endian WKB of a plain point from byte 9 on, its two doubles from byte 14.
 * SQLite strings those of a whole block together, which is several times faster than handing over a blob a row.
 */
const PLAIN = `length(geom) = 29 AND substr(geom, 9, 5) = x'0101000000'`;
const LIST = `SELECT group_concat(id), group_concat(hex(substr(geom, 14, 16)), '') FROM component WHERE ${PLAIN}`;
const OTHERS = `SELECT id, geom FROM component WHERE geom IS NOT NULL AND NOT (${PLAIN})`;

class Gathering {
  readonly #ids: number[] = [];
  readonly #xs: number[] = [];
  readonly #ys: number[] = [];

  add(id: number, x: number, y: number): void {
    // An empty point is NaN, NaN: it stands nowhere.
    if (!Number.isFinite(x) || !Number.isFinite(y)) return;
    this.#ids.push(id);
    this.#xs.push(x);
    this.#ys.push(y);
  }

  block([list, hex]: [string | null, string | null]): void {
    if (list === null || hex === null) return;
    const bytes = Buffer.from(hex, 'hex');
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let at = 0;
    eachNumber(list, (id) => {
      this.add(id, view.getFloat64(at, true), view.getFloat64(at + 8, true));
      at += 16;
    });
  }

  points(): PlainPoints {
    return { ids: Int32Array.from(this.#ids), xs: Float64Array.from(this.#xs), ys: Float64Array.from(this.#ys) };
  }
}

/** The places of every component that has one. */
export function readPoints(db: Database): PlainPoints {
  const found = new Gathering();
  const last = db.prepare<[], number | null>('SELECT max(id) FROM component').pluck().get() ?? 0;
  const block = db.prepare<[number, number], [string | null, string | null]>(`${LIST} AND id > ? AND id <= ?`).raw();
  for (let from = 0; from < last; from += BLOCK) found.block(block.get(from, from + BLOCK) ?? [null, null]);
  const others = db.prepare<[], { id: number; geom: Uint8Array }>(OTHERS);
  for (const { id, geom } of others.iterate()) addDecoded(found, id, geom);
  return found.points();
}

/** The places of some components; ids that are gone or have none are left out. */
export function readPointsOf(db: Database, ids: readonly number[]): PlainPoints {
  const found = new Gathering();
  const rows = db.prepare<[string], { id: number; geom: Uint8Array }>(
    `SELECT id, geom FROM component WHERE geom IS NOT NULL AND id IN (SELECT value FROM json_each(?))`,
  );
  for (const { id, geom } of rows.iterate(idsParameter(ids))) addDecoded(found, id, geom);
  return found.points();
}

function addDecoded(found: Gathering, id: number, geom: Uint8Array): void {
  const { shape } = decodeGpkg(geom);
  if (shape?.type === 'Point') found.add(id, shape.coordinates[0], shape.coordinates[1]);
}
