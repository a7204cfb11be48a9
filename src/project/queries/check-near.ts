import type { Database } from 'better-sqlite3';
import type { CheckedComponent } from '../../model/check-source.ts';
import { inService, type CellValue } from '../../model/component.ts';
import { BoxIndex } from '../../model/geometry/index.ts';
import type { Position } from '../../model/geometry/types.ts';
import { pointOfBlob } from '../batches/match.ts';

export interface NearComponent {
  id: number;
  code: string | null;
  at: Position;
  distance: number;
}
export type FindNear = (row: CheckedComponent, metres: number) => NearComponent[];

interface Row {
  id: number;
  code: string | null;
  state: string | null;
  scheme: string | null;
  class_code: string | null;
  geom: Uint8Array | null;
}

/** In-service components of the row's class within a distance, by id. Components without a class are near nothing. */
export function nearFinder(db: Database, many: boolean): FindNear {
  const candidates = many ? fromMemory(db) : fromFile(db);
  return (row, metres) => {
    const { at, cells } = row;
    const { scheme, class_code: classCode } = cells;
    if (at === null || scheme == null || classCode == null) return [];
    const found: NearComponent[] = [];
    for (const other of candidates(at, metres, scheme, classCode)) {
      const place =
        other.id === row.id || !inService(other.state) || other.geom === null ? null : pointOfBlob(other.geom);
      const distance = place === null ? Infinity : Math.hypot(place[0] - at[0], place[1] - at[1]);
      if (place !== null && distance <= metres) found.push({ id: other.id, code: other.code, at: place, distance });
    }
    return found.sort((one, another) => one.id - another.id);
  };
}

type Candidates = (at: Position, metres: number, scheme: CellValue, classCode: CellValue) => Iterable<Row>;

/** The R-tree keeps 32-bit floats rounded outwards: it names too many, never too few. */
function fromFile(db: Database): Candidates {
  const find = db.prepare<CellValue[], Row>(
    `SELECT c.id, c.code, c.state, c.scheme, c.class_code, c.geom FROM rtree_component_geom r CROSS JOIN component c ON c.id = r.id
     WHERE r.minx <= ? AND r.maxx >= ? AND r.miny <= ? AND r.maxy >= ? AND c.scheme = ? AND c.class_code = ?`,
  );
  return ([x, y], metres, scheme, classCode) =>
    find.all(x + metres, x - metres, y + metres, y - metres, scheme, classCode);
}

/** One index of all points by class, for a run over everything; only hits are read from the file. */
function fromMemory(db: Database): Candidates {
  const read = db.prepare<[number], Row>(
    `SELECT id, code, state, scheme, class_code, geom FROM component WHERE id = ?`,
  );
  const byClass = new Map<string, { ids: number[]; boxes: number[]; index: BoxIndex | null }>();
  const rows = db
    .prepare<[], [number, string, string, Uint8Array]>(
      `SELECT id, scheme, class_code, geom FROM component WHERE scheme IS NOT NULL AND class_code IS NOT NULL AND geom IS NOT NULL`,
    )
    .raw();
  for (const [id, scheme, classCode, geom] of rows.iterate()) {
    const at = pointOfBlob(geom);
    if (at === null) continue;
    const key = `${scheme}\u0000${classCode}`;
    let own = byClass.get(key);
    if (own === undefined) byClass.set(key, (own = { ids: [], boxes: [], index: null }));
    own.ids.push(id);
    own.boxes.push(at[0], at[1], at[0], at[1]);
  }
  return ([x, y], metres, scheme, classCode) => {
    const own = byClass.get(`${scheme}\u0000${classCode}`);
    if (own === undefined) return [];
    own.index ??= new BoxIndex(Float64Array.from(own.boxes));
    const found = own.index.search([x - metres, y - metres, x + metres, y + metres]);
    // The row itself is always found; most have nobody else near.
    return found.length < 2
      ? []
      : found.flatMap((n) => {
          const other = read.get(own.ids[n] ?? -1);
          return other?.scheme === scheme && other.class_code === classCode ? [other] : [];
        });
  };
}
