import type { Position } from '../../model/geometry/types.ts';
import type { Store } from '../../project/batches/batches.ts';
import {
  coveredStreets,
  deliveredPoints,
  missingAreas,
  missingComponents,
  neighboursOfClass,
  newPoints,
  pointOfBlob,
  setAsidePointsOfShapes,
  setAsideRepeatedKeys,
  setPile,
  type Missing,
} from '../../project/batches/match.ts';
import { insertRows, type StagedRow } from '../../project/batches/rows.ts';
import { convexHull, inHull } from './hull.ts';
import { accuracyMetres, type Kind } from './kinds.ts';

/** What sorting needs of the job it runs in. */
export interface SortContext {
  db: Store;
  write: <T>(work: () => T) => T;
  batchId: number;
  kind: Kind;
  accuracyOf: (classCode: string | null) => string | null;
  breathe: () => Promise<void>;
}

const BLOCK = 2000;

/** Second pass, when every row is staged: repeated codes, newcomers that stand on a known component, and what is missing. */
export async function sortPiles(context: SortContext): Promise<void> {
  context.write(() => {
    if (context.kind.as === 'component') setAsidePointsOfShapes(context.db, context.batchId);
    setAsideRepeatedKeys(context.db, context.batchId);
  });
  if (context.kind.as === 'component') await compareByPlace(context);
  await context.breathe();
  stageMissing(context);
}

/**
 * A row whose code is unknown, or that has none, may be a known component renumbered: exactly one of its class within the class
 * accuracy, or several, put it in "can't tell"; none leaves it new.
 */
async function compareByPlace({ db, write, batchId, accuracyOf, breathe }: SortContext): Promise<void> {
  const near = neighboursOfClass(db, batchId);
  let after = 0;
  for (;;) {
    const points = newPoints(db, batchId, after, BLOCK);
    if (points.length === 0) return;
    after = points.at(-1)?.id ?? after;
    const changes = points.flatMap((point) => {
      const found = near(point, accuracyMetres(accuracyOf(point.classCode))).toSorted(
        (a, b) => a.distance - b.distance,
      );
      const first = found[0];
      if (first === undefined) return [];
      const code = found.length === 1 ? 'near-one' : 'near-many';
      const ids = found.map(({ id }) => id);
      const data = { id: first.id, code: first.code, distance: first.distance, count: found.length, ids };
      return [{ id: point.id, pile: 'unclear', reason: { code, data } }];
    });
    write(() => setPile(db, changes));
    await breathe();
  }
}

/** The gone pile: in service, of the delivered classes, inside the coverage, and not named. Areas are handed in whole, so all unnamed ones are missing. */
function stageMissing({ db, write, batchId, kind }: SortContext): void {
  if (kind.as === 'unit') return;
  const missing =
    kind.as === 'component'
      ? missingInCoverage(db, batchId)
      : missingAreas(db, batchId, kind.as === 'unit-grid' ? 'unit_grid' : kind.as);
  for (let i = 0; i < missing.length; i += BLOCK) {
    write(() => insertRows(db, batchId, missing.slice(i, i + BLOCK).map(goneRow)));
  }
}

function missingInCoverage(db: Store, batchId: number): Missing[] {
  const streets = coveredStreets(db, batchId);
  const missing = missingComponents(db, batchId, streets);
  if (streets.length > 0 || missing.length === 0) return missing;
  const points = new Map<string, Position[]>();
  for (const { classCode, x, y } of deliveredPoints(db, batchId)) {
    const list = points.get(classCode ?? '') ?? [];
    list.push([x, y]);
    points.set(classCode ?? '', list);
  }
  const hulls = new Map([...points].map(([classCode, list]) => [classCode, convexHull(list)]));
  return missing.filter((entry) => {
    const hull = hulls.get(entry.classCode ?? '');
    const at = entry.geom === null ? null : pointOfBlob(entry.geom);
    return hull !== undefined && at !== null && inHull(hull, at);
  });
}

function goneRow(entry: Missing): StagedRow {
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
