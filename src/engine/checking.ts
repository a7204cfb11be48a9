import type { Check, LayerCheck } from '../checks/check.ts';
import { isRowCheck } from '../checks/check.ts';
import { checks } from '../checks/index.ts';
import type { CheckedComponent, CheckSource } from '../model/check-source.ts';
import type { FindingDraft, Severity } from '../model/finding.ts';
import { basisNow, readChecked, writeChecked } from '../project/checked.ts';
import { reachSince, turningComponents, type CheckReach } from '../project/check-reach.ts';
import { followExceptions } from '../project/exceptions.ts';
import { endOrphans, endUnknownRules, featuresWith, partnersIn, reconcile } from '../project/findings.ts';
import { localTime, type ProjectFile } from '../project/project-file.ts';
import { componentBlocks } from '../project/queries/check-rows.ts';
import { ProjectCheckSource } from '../project/queries/check-source.ts';
import { TilingFaultFinder } from '../project/queries/check-tiling.ts';
import { findingCounts } from '../project/queries/findings.ts';
import { revisionNow } from '../project/queries/reader.ts';

/** What a run needs of whoever runs it. `breathe` lets others work between blocks; both it and `checkCancel` may throw to stop. */
export interface CheckJob {
  project: ProjectFile;
  /** ISO 8601 local day. */
  today: string;
  progress(stage: string, done: number, total: number | null): void;
  checkCancel(): void;
  breathe(): Promise<void>;
}

/** Open findings, as the contract's `check.run`. */
export interface CheckResult {
  findings: number;
  byRule: Record<string, { severity: Severity; count: number }>;
  bySeverity: Record<Severity, number>;
}

/** Every rule, by id, in its order. */
export const ruleIds = checks.map(({ id }) => id);
const ROW_RULES = checks.filter(isRowCheck);
const LAYER_RULES = checks.filter((check) => !isRowCheck(check));
const TILING_IDS = LAYER_RULES.filter(({ reach }) => reach === 'tiling').map(({ id }) => id);

/** Runs every rule, or those named (which must exist), over everything. Work of others between its blocks is caught up with by `recheck`. */
export async function runChecks(job: CheckJob, options: { rules?: readonly string[] } = {}): Promise<CheckResult> {
  const { rules } = options;
  const asked = (check: Check): boolean => rules?.includes(check.id) ?? true;
  const { db } = job.project;
  const revision = revisionNow(db);
  const basis = basisNow(db, ruleIds);
  const source = new ProjectCheckSource({ db, today: job.today }, { whole: true });
  await checkRows(job, source, null, ROW_RULES.filter(asked));
  for (const [done, rule] of LAYER_RULES.filter(asked).entries()) {
    await job.breathe();
    job.progress('checking', done, LAYER_RULES.length);
    const drafts = [...rule.check(null, source)];
    job.project.write(() => keep(job, [rule], drafts, null));
  }
  job.project.write((each) => {
    const now = localTime(new Date());
    const ids = ruleIds.filter((id) => rules?.includes(id) ?? true);
    endOrphans(each, 'component', ids, now);
    endOrphans(each, 'unit_grid', ids, now);
    followExceptions(each, job.today);
    if (rules !== undefined) return;
    endUnknownRules(each, ruleIds, now);
    writeChecked(each, { at: now, revision, on: job.today, basis });
  });
  return countOpen(job, asked);
}

function countOpen(job: CheckJob, asked: (check: Check) => boolean): CheckResult {
  const counts = findingCounts({ db: job.project.db, today: job.today });
  const result: CheckResult = { findings: 0, byRule: {}, bySeverity: { error: 0, warning: 0, info: 0 } };
  for (const { id, severity } of checks.filter(asked)) {
    const count = counts.get(id)?.open ?? 0;
    result.byRule[id] = { severity, count };
    result.bySeverity[severity] += count;
    result.findings += count;
  }
  return result;
}

/** Whether `recheck` would have anything to do, and whether it would be quick. */
export type Backlog = 'none' | 'little' | 'much';
/** Fewer rows than this, and no doubt about the tiling, are looked at before the next command could notice. */
const LITTLE = 400;
/** From this many components on it is quicker to read everything around them once than to ask for each. */
const MANY = 1500;

/** What happened since the findings were last up to date. */
export function backlog({ project, today }: Pick<CheckJob, 'project' | 'today'>): Backlog {
  const { db } = project;
  const checked = readChecked(db);
  const doubt = checked === null || checked.basis !== basisNow(db, ruleIds) || today !== checked.on;
  if (doubt) return 'much';
  if (checked.revision === revisionNow(db)) return 'none';
  const reach = reachSince(db, checked.revision, TILING_IDS);
  if (reach.whole || reach.components.length + reach.grids.length > LITTLE) return 'much';
  return new TilingFaultFinder(db).isSoundNear(reach.tiled) ? 'little' : 'much';
}

/**
 * Brings the findings up to date with what happened since they last were: exactly what a run over everything would find, by looking only
 * where the changes reach. Begins anew where it must. Returns false when there was nothing to do.
 */
export async function recheck(job: CheckJob): Promise<boolean> {
  const { db } = job.project;
  const checked = readChecked(db);
  const basis = basisNow(db, ruleIds);
  if (checked === null || checked.basis !== basis || job.today < checked.on) {
    await runChecks(job);
    return true;
  }
  const newDay = job.today !== checked.on;
  if (checked.revision === revisionNow(db) && !newDay) return false;
  const reach = reachSince(db, checked.revision, TILING_IDS);
  if (reach.whole) {
    await runChecks(job);
    return true;
  }
  const components = new Set(reach.components);
  if (newDay) for (const id of turningWithTheDay(job, checked.on)) components.add(id);
  const source = new ProjectCheckSource({ db, today: job.today }, { whole: components.size > MANY });
  await checkRows(job, source, [...components], ROW_RULES);
  job.project.write((each) => {
    for (const rule of LAYER_RULES) checkLayer(job, source, rule, reach);
    followExceptions(each, job.today);
    writeChecked(each, { at: localTime(new Date()), revision: reach.revision, on: job.today, basis });
  });
  return true;
}

/** Components about which a timely rule may say something else on a later day. */
function turningWithTheDay({ project, today }: CheckJob, since: string): number[] {
  const timely = checks.filter((check) => check.timely === true).map(({ id }) => id);
  return [...featuresWith(project.db, 'component', timely), ...turningComponents(project.db, since, today)];
}

async function checkRows(
  job: CheckJob,
  source: CheckSource,
  ids: readonly number[] | null,
  rules: readonly Check[],
): Promise<void> {
  if (rules.length === 0) return;
  const { project } = job;
  const total = ids?.length ?? project.info().counts.component;
  // Gone ones have no row to find anything in: what was found about them is fixed.
  const gone = new Set(ids);
  let done = 0;
  for (const block of componentBlocks(project.db, ids)) {
    const looked = block.map(({ id }) => id);
    const drafts = draftsOf(block, rules, source);
    project.write(() => keep(job, rules, drafts, looked));
    for (const { id } of block) gone.delete(id);
    done += block.length;
    job.progress('checking', done, total);
    await job.breathe();
  }
  if (gone.size > 0) project.write(() => keep(job, rules, [], [...gone]));
}

function draftsOf(block: readonly CheckedComponent[], rules: readonly Check[], source: CheckSource): FindingDraft[] {
  const drafts: FindingDraft[] = [];
  for (const row of block) for (const rule of rules) if (isRowCheck(rule)) drafts.push(...rule.check(row, source));
  return drafts;
}

/** Keeps what rules found on these features of their layer, or on everything. The caller holds the transaction. */
function keep(
  job: CheckJob,
  rules: readonly Check[],
  drafts: Iterable<FindingDraft>,
  ids: readonly number[] | null,
): void {
  const [layer] = rules[0]?.layers ?? ['component' as const];
  const scope = {
    rules: new Map(rules.map(({ id, severity }) => [id, severity])),
    features: ids === null ? null : { layer, ids },
  };
  reconcile(job.project.db, drafts, scope, { today: job.today, now: localTime(new Date()) });
}

/**
 * A layer rule over what was touched, whatever shares a finding with it until now, and whatever shares one with it from now on: then
 * all findings of all of these are known, the old ones and the new.
 */
function checkLayer(job: CheckJob, source: CheckSource, rule: LayerCheck, reach: CheckReach): void {
  const [layer] = rule.layers;
  const touched = layer === 'component' ? reach.components : rule.reach === 'tiling' ? reach.tiled : reach.grids;
  if (touched.length === 0) return;
  const asked = [...touched, ...partnersIn(job.project.db, layer, touched, [rule.id])];
  const first = [...rule.check(asked, source)];
  const concerned = new Set([...asked, ...first.flatMap(({ features }) => features.map(({ id }) => id))]);
  const drafts = concerned.size === asked.length ? first : rule.check([...concerned], source);
  keep(job, [rule], drafts, [...concerned]);
}
