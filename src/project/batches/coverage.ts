import type { Database } from 'better-sqlite3';
import { getMeta, setMeta } from '../meta.ts';
import type { Missing } from './match.ts';

/**
 * What a delivery of components speaks for: inside it, what is not delivered is missing. `delivered`: the streets that hold a delivered row,
 * or without streets the convex hull of each class.
 */
export type Coverage =
  { by: 'delivered' } | { by: 'nothing' } | { by: 'streets' | 'communities' | 'grids'; codes: string[] };

const keyOf = (batchId: number) => `batch.${batchId}.coverage`;

export function storedCoverage(db: Database, batchId: number): Coverage {
  const stored = getMeta(db, keyOf(batchId));
  return stored === null ? { by: 'delivered' } : (JSON.parse(stored) as Coverage);
}

export function storeCoverage(db: Database, batchId: number, coverage: Coverage): void {
  setMeta(db, keyOf(batchId), coverage.by === 'delivered' ? null : JSON.stringify(coverage));
}

/** Streets that hold at least one delivered row. */
export function deliveredStreets(db: Database, batchId: number): string[] {
  return db
    .prepare<[number], string>(
      `SELECT DISTINCT street_code FROM gewu_batch_row WHERE batch_id = ? AND street_code IS NOT NULL AND pile <> 'gone'`,
    )
    .pluck()
    .all(batchId);
}

const PLACE = {
  streets: 'c.street_code IN (SELECT value FROM json_each(:codes))',
  communities: 'c.community_code IN (SELECT value FROM json_each(:codes))',
  grids: 'c.grid_id IN (SELECT id FROM unit_grid WHERE code IN (SELECT value FROM json_each(:codes)))',
  everywhere: ':codes IS NOT NULL',
} as const;

/**
 * In-service components of the delivered classes in some places that the delivery does not name; one that a row in "can't tell" may be
 * (renumbered?) is not missing.
 */
const MISSING = `FROM component c
  WHERE c.class_code IN (SELECT DISTINCT class_code FROM gewu_batch_row WHERE batch_id = :batch AND class_code IS NOT NULL AND pile <> 'gone')
    AND (c.state IS NULL OR c.state NOT IN ('移除', '废弃'))
    AND NOT EXISTS (SELECT 1 FROM gewu_batch_row b WHERE b.batch_id = :batch AND b.key = c.code AND b.pile <> 'gone')
    AND c.id NOT IN (SELECT feature_id FROM gewu_batch_row WHERE batch_id = :batch AND feature_id IS NOT NULL AND pile <> 'gone')
    AND c.id NOT IN (SELECT near.value FROM gewu_batch_row b, json_each(b.reason, '$.data.ids') near
                     WHERE b.batch_id = :batch AND b.pile = 'unclear' AND b.reason IS NOT NULL)`;

/** Ids of what is missing in some places, ascending. */
export function missingIds(
  db: Database,
  batchId: number,
  place: keyof typeof PLACE,
  codes: readonly string[],
): number[] {
  return db
    .prepare<[object], number>(`SELECT c.id ${MISSING} AND ${PLACE[place]} ORDER BY c.id`)
    .pluck()
    .all({ batch: batchId, codes: JSON.stringify(codes) });
}

export function readMissing(db: Database, ids: readonly number[]): Missing[] {
  return db
    .prepare<[string], Missing>(
      `SELECT c.id, c.code AS key, c.class_code AS classCode, c.street_code AS streetCode, c.state, c.geom FROM component c
       WHERE c.id IN (SELECT value FROM json_each(?)) ORDER BY c.id`,
    )
    .all(JSON.stringify(ids));
}

export interface StreetCounts {
  code: string;
  name: string | null;
  /** Rows of the delivery in it. */
  delivered: number;
  /** Components of the delivered classes in service in it. */
  known: number;
  /** Of these, those the delivery does not name. */
  missing: number;
}

/** Every street the project knows of with what the delivery and the project have in it, by code. */
export function streetCounts(db: Database, batchId: number): StreetCounts[] {
  const counts = (sql: string) => new Map(db.prepare<[object], [string, number]>(sql).raw().all({ batch: batchId }));
  const delivered = counts(
    `SELECT street_code, count(*) FROM gewu_batch_row WHERE batch_id = :batch AND street_code IS NOT NULL AND pile <> 'gone' GROUP BY 1`,
  );
  const known = counts(
    `SELECT c.street_code, count(*) FROM component c WHERE c.street_code IS NOT NULL
       AND c.class_code IN (SELECT DISTINCT class_code FROM gewu_batch_row WHERE batch_id = :batch AND pile <> 'gone')
       AND (c.state IS NULL OR c.state NOT IN ('移除', '废弃')) GROUP BY 1`,
  );
  const missing = counts(`SELECT c.street_code, count(*) ${MISSING} AND c.street_code IS NOT NULL GROUP BY 1`);
  const names = new Map(db.prepare<[], [string, string | null]>(`SELECT code, name FROM street`).raw().all());
  // A project may have grids that name streets, and no streets.
  const codes = new Set([...names.keys(), ...delivered.keys(), ...known.keys()]);
  return [...codes].toSorted().map((code) => ({
    code,
    name: names.get(code) ?? null,
    delivered: delivered.get(code) ?? 0,
    known: known.get(code) ?? 0,
    missing: missing.get(code) ?? 0,
  }));
}

/** Ids of components that lie in the gone pile. */
export function goneIds(db: Database, batchId: number): number[] {
  return db
    .prepare<[number], number>(
      `SELECT feature_id FROM gewu_batch_row WHERE batch_id = ? AND pile = 'gone' AND feature_id IS NOT NULL`,
    )
    .pluck()
    .all(batchId);
}

/** Takes rows of components out of the gone pile; those that came in already stay. */
export function removeGone(db: Database, batchId: number, ids: readonly number[]): void {
  db.prepare(
    `DELETE FROM gewu_batch_row WHERE batch_id = ? AND pile = 'gone' AND accepted = 0
       AND feature_id IN (SELECT value FROM json_each(?))`,
  ).run(batchId, JSON.stringify(ids));
}

/** Every delivered point with its class, for the hull that stands for the coverage where no street is known. */
export function* deliveredPoints(
  db: Database,
  batchId: number,
): Generator<{ classCode: string | null; x: number; y: number }> {
  yield* db
    .prepare<[number], { classCode: string | null; x: number; y: number }>(
      `SELECT class_code AS classCode, x, y FROM gewu_batch_row WHERE batch_id = ? AND x IS NOT NULL AND pile <> 'gone'`,
    )
    .iterate(batchId);
}

/** Codes among these that neither a layer has nor, of streets and communities, a grid names. */
export function unknownCodes(
  db: Database,
  layer: 'street' | 'community' | 'unit_grid',
  codes: readonly string[],
): string[] {
  const inGrids = layer === 'unit_grid' ? 'code' : `${layer}_code`;
  return db
    .prepare<[string], string>(
      `SELECT value FROM json_each(?) WHERE NOT EXISTS (SELECT 1 FROM "${layer}" t WHERE t.code = value)
         AND NOT EXISTS (SELECT 1 FROM unit_grid g WHERE g.${inGrids} = value)`,
    )
    .pluck()
    .all(JSON.stringify(codes));
}

/** Outlines of streets as kept. */
export function streetShapes(db: Database, codes: readonly string[]): Map<string, Uint8Array> {
  return new Map(
    db
      .prepare<[string], [string, Uint8Array]>(
        `SELECT code, geom FROM street WHERE geom IS NOT NULL AND code IN (SELECT value FROM json_each(?))`,
      )
      .raw()
      .all(JSON.stringify(codes)),
  );
}
