import type { Database } from 'better-sqlite3';
import { ProjectError } from './error.ts';
import type { RevisionTx } from './recorder.ts';
import { idsParameter } from './queries/reader.ts';

/** An excuse holds up to and including its last day. The day is bound. */
const HOLDS = `(e."until" IS NULL OR e."until" >= ?)`;
const SAME = `e.rule = g.rule AND e.features = g.features AND e.key = g.key`;

/** What makes a finding the same from run to run, as one text. */
export function identity(rule: string, features: string, key: string): string {
  return `${rule}\u0000${features}\u0000${key}`;
}

/** Ids of the excuses that hold on a day, by identity of the finding they excuse. */
export function excusesFor(db: Database, rules: readonly string[], today: string): Map<string, number> {
  const rows = db
    .prepare<[string, string], { id: number; rule: string; features: string; key: string }>(
      `SELECT e.id, e.rule, e.features, e.key FROM gewu_exception e
       WHERE e.rule IN (SELECT value FROM json_each(?)) AND ${HOLDS} ORDER BY e.id`,
    )
    .all(JSON.stringify(rules), today);
  return new Map(rows.map(({ id, rule, features, key }) => [identity(rule, features, key), id]));
}

/**
 * Makes the phase of every finding follow its excuses: excused while one holds that day, open again when it was taken back or has expired.
 * The caller holds the transaction. Returns how many findings changed.
 */
export function followExceptions(db: Database, today: string): number {
  const latest = `(SELECT max(e.id) FROM gewu_exception e WHERE ${SAME} AND ${HOLDS})`;
  const ended = db
    .prepare(
      `UPDATE gewu_finding AS g SET phase = CASE WHEN g.fixed_at IS NULL THEN 'open' ELSE g.phase END, exception_id = NULL,
         verified_at = CASE WHEN g.fixed_at IS NULL THEN NULL ELSE g.verified_at END,
         verified_by = CASE WHEN g.fixed_at IS NULL THEN NULL ELSE g.verified_by END
       WHERE g.exception_id IS NOT NULL AND ${latest} IS NULL`,
    )
    .run(today).changes;
  const begun = db
    .prepare(
      `UPDATE gewu_finding AS g SET phase = CASE WHEN g.phase = 'open' THEN 'excused' ELSE g.phase END, exception_id = ${latest}
       WHERE g.fixed_at IS NULL AND g.id IN (SELECT o.id FROM gewu_exception x JOIN gewu_finding o
           ON o.rule = x.rule AND o.features = x.features AND o.key = x.key)
         AND ${latest} IS NOT NULL AND (g.exception_id IS NOT ${latest} OR g.phase = 'open')`,
    )
    .run(today, today, today).changes;
  return ended + begun;
}

interface Addressed {
  id: number;
  rule: string;
  features: string;
  key: string;
  phase: string;
  fixed_at: string | null;
}

/** @throws ProjectError 'not-found' where one of the ids is no finding */
function findingsBy(db: Database, ids: readonly number[]): Addressed[] {
  const rows = db
    .prepare<[string], Addressed>(
      `SELECT id, rule, features, key, phase, fixed_at FROM gewu_finding WHERE id IN (SELECT value FROM json_each(?))`,
    )
    .all(idsParameter(ids));
  const known = new Set(rows.map(({ id }) => id));
  const missing = ids.find((id) => !known.has(id));
  if (missing === undefined) return rows;
  throw new ProjectError('not-found', `There is no finding ${missing} in this project.`, {
    reason: 'finding',
    id: missing,
  });
}

export interface Excuse {
  reason: string;
  /** Last day it holds, ISO 8601; null for good. */
  until: string | null;
  person: string;
  /** Now and today, ISO 8601. */
  at: string;
  today: string;
}

/** Excuses findings, or gives excused ones another reason. Fixed ones need none and are left alone. Returns how many it excused. */
export function excuse(db: Database, tx: RevisionTx, ids: readonly number[], given: Excuse): number {
  const { today, ...cells } = given;
  const standing = findingsBy(db, ids).filter((finding) => finding.fixed_at === null);
  if (standing.length === 0)
    throw new ProjectError('refused', 'What is fixed needs no excuse.', { ids: ids.slice(0, 50), reason: 'fixed' });
  for (const { rule, features, key } of standing) {
    const known = exceptionsOf(db, { rule, features, key }).at(-1);
    if (known === undefined) tx.insert('gewu_exception', { rule, features, key, ...cells });
    else tx.update('gewu_exception', known, cells);
  }
  followExceptions(db, today);
  return standing.length;
}

/** Takes the excuses of findings back, and the looks that were taken at them. Returns how many findings it concerned. */
export function reopen(db: Database, tx: RevisionTx, ids: readonly number[], today: string): number {
  const findings = findingsBy(db, ids);
  for (const finding of findings) for (const id of exceptionsOf(db, finding)) tx.remove('gewu_exception', id);
  const unlook = db.prepare(
    `UPDATE gewu_finding SET phase = CASE WHEN fixed_at IS NULL THEN 'open' ELSE 'fixed' END, verified_at = NULL, verified_by = NULL
     WHERE id = ? AND phase = 'verified'`,
  );
  for (const { id } of findings) unlook.run(id);
  followExceptions(db, today);
  return findings.length;
}

function exceptionsOf(db: Database, { rule, features, key }: Pick<Addressed, 'rule' | 'features' | 'key'>): number[] {
  return db
    .prepare<[string, string, string], number>(
      `SELECT id FROM gewu_exception WHERE rule = ? AND features = ? AND key = ? ORDER BY id`,
    )
    .pluck()
    .all(rule, features, key);
}

/** A person has looked at these: fixed ones are fixed, excused ones are rightly so. @throws ProjectError 'refused' for open ones */
export function verify(db: Database, ids: readonly number[], by: { person: string; at: string }): number {
  const open = findingsBy(db, ids).filter(({ phase }) => phase === 'open');
  if (open.length > 0) {
    throw new ProjectError('refused', `${open.length} of these findings are still open: fix or excuse them first.`, {
      ids: open.slice(0, 50).map(({ id }) => id),
      reason: 'open',
      count: open.length,
    });
  }
  return db
    .prepare(
      `UPDATE gewu_finding SET phase = 'verified', verified_at = ?, verified_by = ?
       WHERE phase IN ('fixed', 'excused') AND id IN (SELECT value FROM json_each(?))`,
    )
    .run(by.at, by.person, idsParameter(ids)).changes;
}
