import type { Database } from 'better-sqlite3';
import type {
  CheckedComponent,
  CheckedFault,
  CheckedGrid,
  CheckSource,
  KnownClass,
  KnownUnit,
} from '../../model/check-source.ts';
import type { Position } from '../../model/geometry/types.ts';
import { pointOfBlob } from '../batches/match.ts';
import { getMeta } from '../meta.ts';
import { PlaceFinder } from '../place.ts';
import { nearFinder, type FindNear } from './check-near.ts';
import { TilingFaultFinder } from './check-tiling.ts';
import { idsParameter, type Reader } from './reader.ts';

/** More points than the place finder asks the file for one by one. */
const EVERYTHING = Number.MAX_SAFE_INTEGER;

/**
 * The project for rules, its dictionaries read once: to be made anew for every run. `whole` prepares for every row being asked about.
 */
export class ProjectCheckSource implements CheckSource {
  readonly today: string;
  readonly district: string;
  readonly hasGrids: boolean;
  readonly #db: Database;
  readonly #classes: Map<string, KnownClass>;
  readonly #units: Map<number, KnownUnit>;
  readonly #places: Record<'street' | 'community', Map<string, { name: string; aliases: string[] }>>;
  readonly #points: number;
  readonly #tiling: TilingFaultFinder;
  #gridFinder: PlaceFinder | null = null;
  #streetFinder: PlaceFinder | null = null;
  #near: FindNear | null = null;
  readonly #hasStreets: boolean;
  readonly #gridCodes: (id: number) => string | null;
  readonly #many: boolean;

  constructor({ db, today }: Reader, options: { whole: boolean }) {
    this.#db = db;
    this.today = today;
    this.district = getMeta(db, 'district') ?? '';
    this.#many = options.whole;
    this.#points = options.whole ? EVERYTHING : 1;
    this.#classes = classesOf(db);
    this.#units = unitsOf(db);
    this.#places = { street: namedPlaces(db, 'street'), community: namedPlaces(db, 'community') };
    this.#tiling = new TilingFaultFinder(db);
    const { hasGrids, hasStreets } = world(db);
    this.hasGrids = hasGrids;
    this.#hasStreets = hasStreets;
    this.#gridCodes = gridCodes(db, options.whole);
  }

  class(scheme: string, code: string): KnownClass | null {
    return this.#classes.get(classKey(scheme, code)) ?? null;
  }

  unit(id: number): KnownUnit | null {
    return this.#units.get(id) ?? null;
  }

  gridCode(id: number): string | null {
    return this.#gridCodes(id);
  }

  placeName(layer: 'street' | 'community', code: string): { name: string; aliases: string[] } | null {
    return this.#places[layer].get(code) ?? null;
  }

  gridsAt(at: Position): { code: string; inside: boolean }[] {
    this.#gridFinder ??= new PlaceFinder(this.#db, 'unit_grid', this.#points);
    return this.#gridFinder.allAt(at).map(({ area, inside }) => ({ code: area.code ?? '', inside }));
  }

  insideDistrict(at: Position): boolean | null {
    if (!this.#hasStreets) return null;
    this.#streetFinder ??= new PlaceFinder(this.#db, 'street', this.#points);
    return this.#streetFinder.at(at) !== null;
  }

  near(row: CheckedComponent, metres: number): ReturnType<FindNear> {
    this.#near ??= nearFinder(this.#db, this.#many);
    return this.#near(row, metres);
  }

  sharedCodes(ids: readonly number[] | null): { code: string; members: { id: number; at: Position | null }[] }[] {
    const asked =
      ids === null
        ? `code IN (SELECT code FROM component WHERE code <> '' GROUP BY code HAVING count(*) > 1) AND ? IS NULL`
        : `code IN (SELECT code FROM component WHERE id IN (SELECT value FROM json_each(?)) AND code <> '')`;
    const groups = new Map<string, { id: number; at: Position | null }[]>();
    const rows = this.#db
      .prepare<[string | null], { id: number; code: string; geom: Uint8Array | null }>(
        `SELECT id, code, geom FROM component WHERE ${asked} ORDER BY id`,
      )
      .all(ids === null ? null : idsParameter(ids));
    for (const { id, code, geom } of rows) {
      const members = groups.get(code) ?? [];
      members.push({ id, at: geom === null ? null : pointOfBlob(geom) });
      groups.set(code, members);
    }
    return [...groups].flatMap(([code, members]) => (members.length > 1 ? [{ code, members }] : []));
  }

  grids(ids: readonly number[] | null): Iterable<CheckedGrid> {
    const some = ids === null ? '? IS NULL' : 'id IN (SELECT value FROM json_each(?))';
    return this.#db
      .prepare<[string | null], CheckedGrid>(
        `SELECT id, code, community_code AS communityCode FROM unit_grid WHERE ${some} ORDER BY id`,
      )
      .all(ids === null ? null : idsParameter(ids));
  }

  tilingFaults(ids: readonly number[] | null): readonly CheckedFault[] {
    return this.#tiling.find(ids);
  }
}

/** What there is at all to be checked against; when it changes, nothing found before stands by itself. */
export function world(db: Database): { hasGrids: boolean; hasStreets: boolean } {
  const any = (sql: string): boolean => db.prepare(sql).get() !== undefined;
  return {
    hasGrids: any(`SELECT 1 FROM unit_grid WHERE status = 'active' AND geom IS NOT NULL LIMIT 1`),
    hasStreets: any(`SELECT 1 FROM street WHERE geom IS NOT NULL LIMIT 1`),
  };
}

function classKey(scheme: string, code: string): string {
  return `${scheme}\u0000${code}`;
}

function classesOf(db: Database): Map<string, KnownClass> {
  const rows = db
    .prepare<[], [string, string, string | null, string | null]>(
      `SELECT scheme, code, name, accuracy FROM component_class ORDER BY id DESC`,
    )
    .raw()
    .all();
  return new Map(
    rows.map(([scheme, code, name, accuracy]) => [classKey(scheme, code), { name: name ?? '', accuracy }]),
  );
}

function unitsOf(db: Database): Map<number, KnownUnit> {
  const rows = db
    .prepare<[], KnownUnit & { id: number }>(`SELECT id, name, valid_from AS validFrom, valid_to AS validTo FROM unit`)
    .all();
  return new Map(rows.map(({ id, ...unit }) => [id, unit]));
}

/** Names by code; where a code stands twice, the first one's. Aliases are kept in one text, by any of the usual separators. */
function namedPlaces(db: Database, layer: 'street' | 'community'): Map<string, { name: string; aliases: string[] }> {
  const rows = db
    .prepare<[], { code: string; name: string | null; aliases: string | null }>(
      `SELECT code, name, aliases FROM ${layer} WHERE code <> '' ORDER BY id DESC`,
    )
    .all();
  return new Map(
    rows.map(({ code, name, aliases }) => [
      code,
      { name: name ?? '', aliases: (aliases ?? '').split(/[;；,，、|]/u).flatMap((one) => one.trim() || []) },
    ]),
  );
}

function gridCodes(db: Database, whole: boolean): (id: number) => string | null {
  const one = db.prepare<[number], string>(`SELECT code FROM unit_grid WHERE id = ?`).pluck();
  if (!whole) return (id) => one.get(id) ?? null;
  const all = new Map(db.prepare<[], [number, string]>(`SELECT id, code FROM unit_grid`).raw().all());
  return (id) => all.get(id) ?? null;
}
