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
  const done: number[] = [];
  const { revision } = job.project.revise(
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
      for (const row of rowsToAccept(store, id, piles)) {
        if (done.length % CANCEL_EVERY === 0) {
          job.checkCancel();
          job.progress('accepting', done.length, total);
        }
        if (acceptRow(context, row, piles)) done.push(row.id);
      }
      const links = linkParents(context);
      markRowsAccepted(store, done);
      linkRows(store, context.links);
      const warnings = [...skipped].map(([column, count]) => ({
        code: 'changed-meanwhile',
        message: `${count} cells of ${column} changed after this delivery was compared and were left as they are.`,
        data: { column, count },
      }));
      markAccepted(store, id, {
        // Where nothing changed there is no revision, and the number is another's.
        revision: done.length + links > 0 ? tx.id : batch.revision,
        acceptedRows: batch.acceptedRows + done.length,
        rateBefore,
        warnings: [...batch.warnings, ...warnings],
      });
    },
  );
  return { revision, rows: done.length };
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

/** Columns of a changed row that come in: the row's decision, unless the cell has its own. */
export function acceptedColumns(row: StoredRow, piles: PileName[]): string[] {
  const whole = row.decision === 'accept' || (row.decision === 'pending' && piles.includes(row.pile));
  return Object.keys(row.was ?? {}).filter((column) => {
    const own = row.cellDecisions[column];
    return own === undefined || own === 'pending' ? whole : own === 'accept';
  });
}

function acceptRow(context: AcceptContext, row: StoredRow, piles: PileName[]): boolean {
  const { kind } = context;
  if (row.pile === 'same') return false;
  if (row.pile === 'gone') return kind.as === 'component' ? retireComponent(context, row) : retireArea(context, row);
  if (row.pile === 'changed' || row.featureId !== null) {
    const columns = acceptedColumns(row, piles);
    if (columns.length === 0) return false;
    if (kind.as === 'component') return updateComponent(context, row, columns);
    return kind.as === 'unit' ? updateUnit(context, row, columns) : updateArea(context, row, columns);
  }
  const insert = kind.as === 'component' ? insertComponent : kind.as === 'unit' ? insertUnit : insertArea;
  context.links.push({ rowId: row.id, featureId: insert(context, row) });
  return true;
}
