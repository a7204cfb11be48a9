import type { Database } from 'better-sqlite3';
import type { LayerName } from '../model/component.ts';
import type { FindingDraft, FindingPhase, Severity } from '../model/finding.ts';
import { excusesFor, identity } from './exceptions.ts';
import { idsParameter, revisionNow } from './queries/reader.ts';

/** What was looked at: these rules, on these features of a layer (null: on all there are). */
export interface CheckScope {
  rules: ReadonlyMap<string, Severity>;
  features: { layer: LayerName; ids: readonly number[] } | null;
}
/** The day and the moment of a run, ISO 8601. */
export interface CheckTime {
  today: string;
  now: string;
}

interface Known {
  id: number;
  rule: string;
  severity: string;
  features: string;
  key: string;
  x: number | null;
  y: number | null;
  data: string;
  phase: FindingPhase;
  fixed_at: string | null;
  exception_id: number | null;
}
const COLUMNS = 'g.id, g.rule, g.severity, g.features, g.key, g.x, g.y, g.data, g.phase, g.fixed_at, g.exception_id';

/** Features as a finding's identity has them. */
function featuresText(features: FindingDraft['features']): string {
  return JSON.stringify(features.map(({ layer, id }) => ({ layer, id })));
}

/**
 * Brings what is kept in line with what the rules found now. `drafts` are all findings of the scope's rules that concern its features:
 * new ones are kept, fixed ones that are back are open again (verified ones too: the look was at the fix), those no longer found are fixed.
 * The caller holds the transaction. Returns how many findings changed; the same drafts once more change none.
 */
export function reconcile(db: Database, drafts: Iterable<FindingDraft>, scope: CheckScope, time: CheckTime): number {
  const known = new Map(knownIn(db, scope).map((row) => [identity(row.rule, row.features, row.key), row]));
  const excuses = excusesFor(db, [...scope.rules.keys()], time.today);
  const write = writer(db, time);
  const seen = new Set<string>();
  let changed = 0;
  for (const draft of drafts) {
    const features = featuresText(draft.features);
    const id = identity(draft.rule, features, draft.key);
    if (seen.has(id)) continue;
    seen.add(id);
    const severity = scope.rules.get(draft.rule) ?? 'info';
    const was = known.get(id) ?? write.find(draft.rule, features, draft.key);
    changed += write.found(was, { draft, features, severity, exception: excuses.get(id) ?? null });
  }
  for (const [id, row] of known) if (!seen.has(id) && row.fixed_at === null) changed += write.fixed(row.id);
  return changed;
}

function knownIn(db: Database, { rules, features }: CheckScope): Known[] {
  const names = JSON.stringify([...rules.keys()]);
  if (features === null) {
    return db
      .prepare<[string], Known>(
        `SELECT ${COLUMNS} FROM gewu_finding g WHERE g.rule IN (SELECT value FROM json_each(?))`,
      )
      .all(names);
  }
  return db
    .prepare<[string, string, string], Known>(
      `SELECT ${COLUMNS} FROM gewu_finding g WHERE g.rule IN (SELECT value FROM json_each(?)) AND g.id IN (
         SELECT f.finding_id FROM gewu_finding_feature f WHERE f.layer = ? AND f.feature_id IN (SELECT value FROM json_each(?)))`,
    )
    .all(names, features.layer, idsParameter(features.ids));
}

interface Found {
  draft: FindingDraft;
  features: string;
  severity: Severity;
  exception: number | null;
}

function writer(db: Database, { now }: CheckTime) {
  const find = db.prepare<[string, string, string], Known>(
    `SELECT ${COLUMNS} FROM gewu_finding g WHERE g.rule = ? AND g.features = ? AND g.key = ?`,
  );
  const insert = db.prepare(
    `INSERT INTO gewu_finding (rule, severity, features, key, x, y, data, phase, found_at, exception_id, revision)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const link = db.prepare(`INSERT INTO gewu_finding_feature (layer, feature_id, finding_id) VALUES (?, ?, ?)`);
  const again = db.prepare(
    `UPDATE gewu_finding SET severity = ?, x = ?, y = ?, data = ?, phase = ?, exception_id = ?, fixed_at = NULL,
       verified_at = NULL, verified_by = NULL, revision = ? WHERE id = ?`,
  );
  const refresh = db.prepare(`UPDATE gewu_finding SET severity = ?, x = ?, y = ?, data = ? WHERE id = ?`);
  const fix = db.prepare(
    `UPDATE gewu_finding SET phase = 'fixed', fixed_at = ?, verified_at = NULL, verified_by = NULL WHERE id = ?`,
  );
  const revision = revisionNow(db);
  return {
    find: (rule: string, features: string, key: string): Known | undefined => find.get(rule, features, key),
    fixed: (id: number): number => fix.run(now, id).changes,
    found(was: Known | undefined, { draft, features, severity, exception }: Found): number {
      const [x, y] = draft.at ?? [null, null];
      const data = JSON.stringify(draft.data);
      const phase = exception === null ? 'open' : 'excused';
      if (was === undefined) {
        const { rule, key } = draft;
        const done = insert.run(rule, severity, features, key, x, y, data, phase, now, exception, revision);
        for (const { layer, id } of draft.features) link.run(layer, id, done.lastInsertRowid);
        return 1;
      }
      // Verified while excused stays so as long as the excuse holds.
      const stands = was.fixed_at === null && was.exception_id === exception;
      const holds = stands && (was.phase === phase || (was.phase === 'verified' && exception !== null));
      if (!holds) return again.run(severity, x, y, data, phase, exception, revision, was.id).changes;
      const same = was.severity === severity && was.x === x && was.y === y && was.data === data;
      return same ? 0 : refresh.run(severity, x, y, data, was.id).changes;
    },
  };
}

/** Ends the findings of rules that concern a feature of the layer which is not there any more. Returns how many. */
export function endOrphans(
  db: Database,
  layer: 'component' | 'unit_grid',
  rules: Iterable<string>,
  now: string,
): number {
  return db
    .prepare(
      `UPDATE gewu_finding SET phase = 'fixed', fixed_at = ?, verified_at = NULL, verified_by = NULL
       WHERE fixed_at IS NULL AND rule IN (SELECT value FROM json_each(?)) AND id IN (
         SELECT f.finding_id FROM gewu_finding_feature f
         WHERE f.layer = ? AND NOT EXISTS (SELECT 1 FROM ${layer} t WHERE t.id = f.feature_id))`,
    )
    .run(now, JSON.stringify([...rules]), layer).changes;
}

/** Ends the findings of rules there are no more. */
export function endUnknownRules(db: Database, rules: Iterable<string>, now: string): number {
  return db
    .prepare(
      `UPDATE gewu_finding SET phase = 'fixed', fixed_at = ? WHERE fixed_at IS NULL AND rule NOT IN (SELECT value FROM json_each(?))`,
    )
    .run(now, JSON.stringify([...rules])).changes;
}

/** Features of a layer that share a finding of these rules, not yet fixed, with one of `ids`; `ids` themselves not counted. */
export function partnersIn(db: Database, layer: LayerName, ids: readonly number[], rules: readonly string[]): number[] {
  const asked = new Set(ids);
  return db
    .prepare<[object], number>(
      // CROSS JOIN keeps the order: else SQLite walks every finding and asks each for all the features.
      `SELECT DISTINCT p.feature_id FROM json_each(:ids) i
         CROSS JOIN gewu_finding_feature f ON f.layer = :layer AND f.feature_id = i.value
         CROSS JOIN gewu_finding g ON g.id = f.finding_id AND g.fixed_at IS NULL AND g.rule IN (SELECT value FROM json_each(:rules))
         CROSS JOIN gewu_finding_feature p ON p.finding_id = g.id AND p.layer = :layer`,
    )
    .pluck()
    .all({ layer, ids: idsParameter(ids), rules: JSON.stringify(rules) })
    .filter((id) => !asked.has(id));
}

/** Features of a layer with a finding of these rules that is not yet fixed. */
export function featuresWith(db: Database, layer: LayerName, rules: readonly string[]): number[] {
  return db
    .prepare<[string, string], number>(
      `SELECT DISTINCT f.feature_id FROM gewu_finding g JOIN gewu_finding_feature f ON f.finding_id = g.id
       WHERE g.rule IN (SELECT value FROM json_each(?)) AND g.fixed_at IS NULL AND f.layer = ?`,
    )
    .pluck()
    .all(JSON.stringify(rules), layer);
}

/** Ids of grids with an unfixed finding of these rules whose place lies in a box: faults that name none of the grids changed there. */
export function gridsWithFindingsIn(
  db: Database,
  rules: readonly string[],
  [minX, minY, maxX, maxY]: readonly [number, number, number, number],
): number[] {
  return db
    .prepare<[string, number, number, number, number], number>(
      `SELECT DISTINCT f.feature_id FROM gewu_finding g JOIN gewu_finding_feature f ON f.finding_id = g.id AND f.layer = 'unit_grid'
       WHERE g.rule IN (SELECT value FROM json_each(?)) AND g.fixed_at IS NULL AND g.x BETWEEN ? AND ? AND g.y BETWEEN ? AND ?`,
    )
    .pluck()
    .all(JSON.stringify(rules), minX, maxX, minY, maxY);
}
