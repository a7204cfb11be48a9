import { GewuError } from '../../api/error.ts';
import type { CellValue } from '../../model/component.ts';
import { countToAccept, rowsToAccept } from '../../project/batches/rows-out.ts';
import type { PileName, StoredRow } from '../../project/batches/rows.ts';
import { unitNames } from '../../project/batches/match.ts';
import { createUnitResolver, type UnitResolver } from '../../project/batches/resolve-units.ts';
import { getBatch, markAccepted, type Store } from '../../project/batches/batches.ts';
import {
  cellReader,
  geometryReader,
  linkRows,
  markCellsAccepted,
  markRowsAccepted,
  rateNow,
  shapeReader,
} from '../../project/batches/accept-sql.ts';
import type { ProjectFile } from '../../project/project-file.ts';
import type { RevisionTx } from '../../project/recorder.ts';
import { insertComponent, retireComponent, updateComponent } from './accept-component.ts';
import { insertArea, insertUnit, retireArea, updateArea, updateUnit } from './accept-others.ts';
import { kindOf, type Kind } from './kinds.ts';
import type { ImportAs } from '../../api/delivery.ts';

/** What bringing one row in may use. Lives for one accept, inside its one transaction. */
export interface AcceptContext {
  tx: RevisionTx;
  store: Store;
  /** Units and the name of the unit above each, to be linked when all are there. */
  parents: { unitId: number; name: string }[];
  /** Staged rows and the live rows they became. */
  links: { rowId: number; featureId: number }[];
  kind: Kind;
  batchId: number;
  srsId: number;
  today: string;
  resolver: UnitResolver;
  /** Values as they are now, or null when the row is gone. */
  current: (table: string, id: number, columns: string[]) => Record<string, CellValue> | null;
  shapeTable: (blob: Uint8Array) => 'component_line' | 'component_area' | null;
  shapeIdOf: (table: 'component_line' | 'component_area', componentId: number) => number | null;
  /** Geometry as it is now. */
  geometry: ReturnType<typeof geometryReader>;
  /** Name, short name and other names of a unit. */
  knownNames: (unitId: number) => string[];
  /** Notes a cell left alone because it changed after staging. */
  meanwhile: (row: StoredRow, column: string) => void;
}

export interface AcceptJob {
  project: ProjectFile;
  person: string;
  window: string | null;
  today: string;
  progress: (stage: string, done: number, total: number | null) => void;
  checkCancel: () => void;
}

const WKB_TYPE_POLYGON = new Set([3, 6]);
const CANCEL_EVERY = 500;

/** Brings the accepted rows of a batch in: one transaction, one revision; stopped before its COMMIT it leaves nothing. */
export function acceptBatch(job: AcceptJob, id: number, piles: PileName[]): { revision: number | null; rows: number } {
  const store: Store = job.project.db;
  const batch = getBatch(store, id);
  if (batch === null)
    throw new GewuError('not-found', `There is no delivery ${id} in this project.`, { reason: 'batch', id });
  if (batch.state !== 'staged' && batch.state !== 'accepted') {
    throw new GewuError('refused', `Delivery ${id} is ${batch.state}; only a staged one can be accepted.`, {
      reason: 'batch-state',
      id,
      name: batch.name,
      state: batch.state,
    });
  }
  const kind = kindOf(batch.kind as ImportAs);
  const total = countToAccept(store, id, piles);
  const rateBefore = rateNow(store);
  const skipped = new Map<string, number>();
  const { revision, value: rows } = job.project.revise(
    {
      command: 'batch.accept',
      input: { id, piles },
      summary: { batch: id, name: batch.name, kind: batch.kind, count: total },
      person: job.person,
      window: job.window,
      batchId: id,
    },
    (tx) => {
      const context = createContext(job, tx, kind, id, skipped);
      const { done, again } = acceptRows(context, piles, (n) => {
        job.checkCancel();
        job.progress('accepting', n, total);
      });
      const links = linkParents(context);
      linkRows(store, context.links);
      const warnings = [...skipped].map(([column, count]) => ({
        code: 'changed-meanwhile',
        message: `${count} cells of ${column} changed after this delivery was compared and were left as they are.`,
        data: { column, count },
      }));
      markAccepted(store, id, {
        // Where nothing changed there is no revision, and the number is another's.
        revision: done + links > 0 ? tx.id : batch.revision,
        // A row whose cells come in one after another is one row.
        acceptedRows: batch.acceptedRows + done - again,
        rateBefore,
        warnings: [...batch.warnings, ...warnings],
      });
      return done;
    },
  );
  return { revision, rows };
}

/** Brings row after row in. Answers how many, and of how many cells had come in before. */
function acceptRows(
  context: AcceptContext,
  piles: PileName[],
  tell: (done: number) => void,
): { done: number; again: number } {
  const { store, batchId } = context;
  const whole: number[] = [];
  const parts = new Map<number, string[]>();
  let done = 0;
  let again = 0;
  for (const row of rowsToAccept(store, batchId, piles)) {
    if (done % CANCEL_EVERY === 0) tell(done);
    const columns = acceptedColumns(row, piles);
    if (!acceptRow(context, row, columns)) continue;
    done += 1;
    if (Object.values(row.cellDecisions).includes('done')) again += 1;
    if (leavesUndecided(row, columns)) parts.set(row.id, columns);
    else whole.push(row.id);
  }
  markRowsAccepted(store, whole);
  markCellsAccepted(store, parts);
  return { done, again };
}

/** Once all units of the delivery are there: each under the one it names, where that is registered. Returns how many. */
function linkParents({ tx, parents, store }: AcceptContext): number {
  if (parents.length === 0) return 0;
  const resolver = createUnitResolver(store);
  const links = parents.map(({ unitId, name }) => ({ unitId, above: resolver.resolve(name, null).id }));
  return links.filter(({ unitId, above }) => {
    return above !== null && above !== unitId && tx.update('unit', unitId, { parent_id: above });
  }).length;
}

function createContext(
  job: AcceptJob,
  tx: RevisionTx,
  kind: Kind,
  batchId: number,
  skipped: Map<string, number>,
): AcceptContext {
  const store: Store = job.project.db;
  return {
    tx,
    store,
    parents: [],
    links: [],
    kind,
    batchId,
    srsId: job.project.info().crs.srsId,
    today: job.today,
    resolver: createUnitResolver(store),
    current: cellReader(store),
    shapeTable,
    shapeIdOf: shapeReader(store),
    geometry: geometryReader(store),
    knownNames: (unitId) => unitNames(store, [unitId]).get(unitId) ?? [],
    meanwhile(_row, column) {
      skipped.set(column, (skipped.get(column) ?? 0) + 1);
    },
  };
}

/** Little-endian WKB behind Gewu's GeoPackage header with an XY envelope (40 bytes): 2, 5 lines; 3, 6 polygons. */
function shapeTable(blob: Uint8Array): 'component_line' | 'component_area' | null {
  const type = blob[41];
  if (type === undefined) return null;
  return WKB_TYPE_POLYGON.has(type) ? 'component_area' : 'component_line';
}

/** Columns of a changed row that come in: the row's decision, unless the cell has its own or is held back. */
export function acceptedColumns(row: StoredRow, piles: PileName[]): string[] {
  const whole = row.decision === 'accept' || (row.decision === 'pending' && piles.includes(row.pile));
  return Object.keys(row.was ?? {}).filter((column) => {
    const own = row.cellDecisions[column];
    return own === undefined || own === 'pending' ? whole : own === 'accept';
  });
}

/** Whether cells remain that nobody has decided about. */
function leavesUndecided(row: StoredRow, columns: string[]): boolean {
  return Object.keys(row.was ?? {}).some((column) => {
    const own = row.cellDecisions[column] ?? row.decision;
    return !columns.includes(column) && own !== 'reject' && own !== 'done';
  });
}

function acceptRow(context: AcceptContext, row: StoredRow, columns: string[]): boolean {
  const { kind } = context;
  if (row.pile === 'same') return false;
  if (row.pile === 'gone') return kind.as === 'component' ? retireComponent(context, row) : retireArea(context, row);
  if (row.pile === 'changed' || row.featureId !== null) {
    if (columns.length === 0) return false;
    if (kind.as === 'component') return updateComponent(context, row, columns);
    return kind.as === 'unit' ? updateUnit(context, row, columns) : updateArea(context, row, columns);
  }
  const insert = kind.as === 'component' ? insertComponent : kind.as === 'unit' ? insertUnit : insertArea;
  context.links.push({ rowId: row.id, featureId: insert(context, row) });
  return true;
}
