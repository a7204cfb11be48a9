import type { Store } from '../../project/batches/batches.ts';
import {
  classesLeft,
  missingAreas,
  neighboursOfClass,
  newPoints,
  setAsidePointsOfShapes,
  setAsideRepeatedKeys,
  setPile,
} from '../../project/batches/match.ts';
import { insertRows } from '../../project/batches/rows.ts';
import { goneRow, stageGone } from './coverage.ts';
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
  const classes = classesLeft(db, batchId);
  if (classes.size === 0) return;
  let after = 0;
  for (;;) {
    const points = newPoints(db, batchId, after, BLOCK);
    if (points.length === 0) return;
    after = points.at(-1)?.id ?? after;
    const changes = points.flatMap((point) => {
      if (!classes.has(point.classCode)) return [];
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
  if (kind.as === 'component') {
    stageGone(db, batchId, write);
    return;
  }
  const missing = missingAreas(db, batchId, kind.as === 'unit-grid' ? 'unit_grid' : kind.as);
  for (let i = 0; i < missing.length; i += BLOCK) {
    write(() => insertRows(db, batchId, missing.slice(i, i + BLOCK).map(goneRow)));
  }
}
