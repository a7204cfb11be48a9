import type { BatchCoverage } from '../../api/coverage.ts';
import { GewuError } from '../../api/error.ts';
import type { Position } from '../../model/geometry/types.ts';
import { decodeGpkg } from '../../model/geometry/wkb.ts';
import type { Store, StoredBatch } from '../../project/batches/batches.ts';
import {
  deliveredPoints,
  deliveredStreets,
  goneIds,
  missingIds,
  readMissing,
  removeGone,
  storeCoverage,
  storedCoverage,
  streetCounts,
  streetShapes,
  unknownCodes,
  type Coverage,
} from '../../project/batches/coverage.ts';
import { pointOfBlob, type Missing } from '../../project/batches/match.ts';
import { insertRows, type StagedRow } from '../../project/batches/rows.ts';
import type { ClassCatalogue } from './classes.ts';
import { convexHull, inHull } from './hull.ts';

const BLOCK = 2000;
/** Points a hull is made of at once; what lies inside is forgotten. */
const HULL_POINTS = 10_000;

/** Hull of the delivered points of each class. */
function hullsOf(store: Store, batchId: number): Map<string, Position[]> {
  const hulls = new Map<string, Position[]>();
  for (const { classCode, x, y } of deliveredPoints(store, batchId)) {
    const key = classCode ?? '';
    const points = hulls.get(key) ?? [];
    points.push([x, y]);
    hulls.set(key, points.length < HULL_POINTS ? points : convexHull(points));
  }
  return new Map([...hulls].map(([key, points]) => [key, convexHull(points)]));
}

/** Components of the delivered classes inside a coverage that the delivery does not name, ascending by id. */
function* missingIn(store: Store, batchId: number, coverage: Coverage): Generator<Missing[]> {
  if (coverage.by === 'nothing') return;
  const streets = coverage.by === 'delivered' ? deliveredStreets(store, batchId) : [];
  const hulls = coverage.by === 'delivered' && streets.length === 0 ? hullsOf(store, batchId) : null;
  const ids =
    coverage.by !== 'delivered'
      ? missingIds(store, batchId, coverage.by, coverage.codes)
      : hulls === null
        ? missingIds(store, batchId, 'streets', streets)
        : missingIds(store, batchId, 'everywhere', []);
  const inside = ({ classCode, geom }: Missing) => {
    const hull = hulls?.get(classCode ?? '');
    const at = geom === null ? null : pointOfBlob(geom);
    return hull !== undefined && at !== null && inHull(hull, at);
  };
  for (let i = 0; i < ids.length; i += BLOCK) {
    const missing = readMissing(store, ids.slice(i, i + BLOCK));
    yield hulls === null ? missing : missing.filter(inside);
  }
}

/** Puts what is missing inside the batch's coverage into the gone pile, block by block. */
export function stageGone(store: Store, batchId: number, write: <T>(work: () => T) => T): void {
  for (const missing of missingIn(store, batchId, storedCoverage(store, batchId))) {
    write(() => insertRows(store, batchId, missing.map(goneRow)));
  }
}

export function goneRow(entry: Missing): StagedRow {
  return {
    tableNo: -1,
    sourceRow: 0,
    key: entry.key,
    pile: 'gone',
    reason: null,
    featureId: entry.id,
    classCode: entry.classCode,
    streetCode: entry.streetCode,
    now: { state: '移除' },
    was: { state: entry.state },
    faults: [],
    extra: {},
    shape: null,
    at: null,
    from: entry.geom === null ? null : pointOfBlob(entry.geom),
    moved: null,
  };
}

const LAYER = { streets: 'street', communities: 'community', grids: 'unit_grid' } as const;

/**
 * Says what a delivery of components speaks for. Only its gone pile changes: what lies outside leaves it, what lies inside and is missing
 * joins it, and decisions about all others stay. The caller holds the transaction.
 * @throws GewuError 'refused' for other kinds of delivery, 'not-found' for places that are not in the project
 */
export function setCoverage(store: Store, batch: StoredBatch, coverage: Coverage): void {
  refuseOthers(batch);
  if ('codes' in coverage) {
    const unknown = unknownCodes(store, LAYER[coverage.by], coverage.codes);
    if (unknown.length > 0)
      throw new GewuError('not-found', `The project has no ${LAYER[coverage.by]} ${unknown.slice(0, 5).join(', ')}.`, {
        reason: 'places',
        layer: LAYER[coverage.by],
        codes: unknown.slice(0, 5),
      });
  }
  storeCoverage(store, batch.id, coverage);
  const left = new Set(goneIds(store, batch.id));
  for (const missing of missingIn(store, batch.id, coverage)) {
    const fresh = missing.filter(({ id }) => !left.delete(id));
    insertRows(store, batch.id, fresh.map(goneRow));
  }
  removeGone(store, batch.id, [...left]);
}

function refuseOthers({ id, name, kind }: StoredBatch): void {
  if (kind === 'component') return;
  throw new GewuError(
    'refused',
    `Delivery ${id} (${name}) brings no components; its coverage is what its codes name.`,
    {
      reason: 'coverage-kind',
      id,
      name,
    },
  );
}

/** What a delivery of components speaks for, to be shown and adjusted. @throws GewuError 'refused' for other kinds */
export function describeCoverage(store: Store, batch: StoredBatch, catalogue: ClassCatalogue): BatchCoverage {
  refuseOthers(batch);
  const coverage = storedCoverage(store, batch.id);
  const own = new Set(deliveredStreets(store, batch.id));
  const covered = coverage.by === 'delivered' ? own : new Set(coverage.by === 'streets' ? coverage.codes : []);
  const counts = streetCounts(store, batch.id).filter(({ delivered, known }) => delivered + known > 0);
  const shapes = streetShapes(
    store,
    counts.map(({ code }) => code),
  );
  const hulls =
    coverage.by === 'delivered' && own.size === 0 ? hullsOf(store, batch.id) : new Map<string, Position[]>();
  return {
    by: coverage.by,
    codes: 'codes' in coverage ? coverage.codes : [],
    streets: counts.map((street) => ({
      ...street,
      covered: covered.has(street.code),
      rings: ringsOf(shapes.get(street.code)),
    })),
    hulls: [...hulls].map(([classCode, points]) => ({
      classCode,
      name: catalogue.byCode(classCode)[0]?.name ?? null,
      points,
    })),
  };
}

/** Outer rings of an outline, project CRS metres. */
function ringsOf(blob: Uint8Array | undefined): Position[][] {
  const shape = blob === undefined ? null : decodeGpkg(blob).shape;
  if (shape?.type !== 'MultiPolygon') return [];
  return shape.coordinates.flatMap((rings) => (rings[0] === undefined ? [] : [rings[0]]));
}
