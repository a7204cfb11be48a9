import type { Database } from 'better-sqlite3';
import type { CellValue } from '../../model/component.ts';
import { undoneBy } from '../history.ts';

/** Cells of a component as they were: only those changed since, 'geom' and '#shape' (its line or area) as GeoPackage binary. */
export interface PastCells {
  /** The revision that changed the row from this. */
  revision: number;
  at: string;
  person: string;
  cells: Map<string, CellValue | Uint8Array>;
}

interface Entry {
  id: number;
  revision: number;
  column: string | null;
  was: CellValue | Uint8Array;
}

/** Latest first within a row; of a cell changed twice by a revision the first value comes last, and so wins. */
const LOG = `
  SELECT c.feature_id AS id, c.revision, c.seq, c."column", c.was FROM json_each(:ids) i
    CROSS JOIN gewu_change c ON c.feature_id = i.value AND c.layer = 'component' AND c.gone = 0 WHERE c.revision > :after
  UNION ALL SELECT s.component_id, c.revision, c.seq, '#shape', c.was FROM json_each(:ids) i
    CROSS JOIN component_line s ON s.component_id = i.value
    CROSS JOIN gewu_change c ON c.feature_id = s.id AND c.layer = 'component_line' AND c."column" = 'geom' AND c.gone = 0
    WHERE c.revision > :after
  UNION ALL SELECT s.component_id, c.revision, c.seq, '#shape', c.was FROM json_each(:ids) i
    CROSS JOIN component_area s ON s.component_id = i.value
    CROSS JOIN gewu_change c ON c.feature_id = s.id AND c.layer = 'component_area' AND c."column" = 'geom' AND c.gone = 0
    WHERE c.revision > :after
  ORDER BY 1, 2 DESC, 3 DESC`;

function entriesOf(db: Database, ids: readonly number[], after: number): Map<number, Entry[]> {
  const entries = db.prepare<[object], Entry>(LOG).all({ ids: JSON.stringify(ids), after });
  return Map.groupBy(entries, ({ id }) => id);
}

/**
 * Components as they were right after a revision: what has changed of each since. A row that was not there yet is left out; one that
 * has not changed has no cells.
 */
export function cellsAfter(db: Database, ids: readonly number[], revision: number): Map<number, PastCells> {
  const logs = entriesOf(db, ids, revision);
  const about = describer(db);
  const found = new Map<number, PastCells>();
  for (const id of ids) {
    const log = logs.get(id) ?? [];
    if (log.some(({ column }) => column === null)) continue;
    const cells = new Map(log.map(({ column, was }) => [column ?? '', was]));
    const first = log.at(-1)?.revision ?? revision;
    found.set(id, { ...about(first), cells });
  }
  return found;
}

/**
 * Components as they were before each change a person (or another program) made that still holds, the latest change first. Deliveries,
 * and what was taken back, are no such change.
 */
export function cellsBeforeEdits(db: Database, ids: readonly number[]): Map<number, PastCells[]> {
  const about = describer(db);
  const found = new Map<number, PastCells[]>();
  for (const [id, log] of entriesOf(db, ids, 0)) {
    const cells = new Map<string, CellValue | Uint8Array>();
    const versions: PastCells[] = [];
    for (const [i, { revision, column, was }] of log.entries()) {
      // Before it was made there was nothing.
      if (column === null) break;
      cells.set(column, was);
      if (log[i + 1]?.revision === revision) continue;
      const facts = about(revision);
      if (facts.byHand) versions.push({ revision, at: facts.at, person: facts.person, cells: new Map(cells) });
    }
    if (versions.length > 0) found.set(id, versions);
  }
  return found;
}

function describer(db: Database): (revision: number) => Omit<PastCells, 'cells'> & { byHand: boolean } {
  const known = new Map<number, ReturnType<ReturnType<typeof describer>>>();
  const find = db.prepare<[number], { at: string; person: string; batch_id: number | null; undo_of: number | null }>(
    `SELECT at, person, batch_id, undo_of FROM gewu_revision WHERE id = ?`,
  );
  return (revision) => {
    let facts = known.get(revision);
    if (facts === undefined) {
      const row = find.get(revision);
      const byHand = row?.batch_id === null && row.undo_of === null && undoneBy(db, revision) === null;
      facts = { revision, at: row?.at ?? '', person: row?.person ?? '', byHand };
      known.set(revision, facts);
    }
    return facts;
  };
}

/** The last revision on or before a moment (ISO 8601; a day counts to its end), 0 before the first; null where the text is no moment. */
export function revisionAt(db: Database, moment: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?$/u.test(moment) || Number.isNaN(Date.parse(moment)))
    return null;
  // Times are kept as this computer's local ones with the offset behind: the digits compare as texts.
  const until = moment.length === 10 ? `${moment}T23:59:59.999` : moment.padEnd(16, '0');
  return (
    db
      .prepare<[string], number | null>(`SELECT max(id) FROM gewu_revision WHERE substr(at, 1, 23) <= ?`)
      .pluck()
      .get(until) ?? 0
  );
}

/** Number of the last revision, 0 before the first. */
export function lastRevision(db: Database): number {
  return db.prepare<[], number | null>(`SELECT max(id) FROM gewu_revision`).pluck().get() ?? 0;
}
