import type { TablePlan } from '../../api/delivery.ts';
import { GewuError } from '../../api/error.ts';
import { nearClasses } from './classes.ts';
import type { IntakeEnvironment } from './environment.ts';
import type { Kind } from './kinds.ts';
import { missingSources } from './derive.ts';
import { headingKey } from './dictionary.ts';
import type { PlannedTable } from './plan.ts';

/** Confidence from which evidence is used without asking. */
export const SURE = 0.8;

/** Plan of a table: its own, or the one for every table (file and table '*'). Of both, its own words win. */
export function planFor(plans: TablePlan[] | undefined, file: string, table: string): TablePlan | undefined {
  const own = plans?.find((plan) => plan.file === file && plan.table === table);
  const common = plans?.find((plan) => plan.file === ANY && plan.table === ANY);
  return own === undefined && common === undefined ? undefined : { ...common, ...own, file, table };
}

/** File and table of a plan that is meant for every table. */
export const ANY = '*';

/** Doubts that mean that a part of the table is not there: rows would come without their places or without what is said of them. */
const HALF = new Set(['shp-unreadable', 'shp-truncated', 'dbf-unreadable', 'dbf-truncated', 'dbf-missing']);

/** Half a table may be looked at, but not brought in: what is missing would read as blank. */
function refuseHalf({ file, name, doubts }: PlannedTable['source']['info']): void {
  const doubt = doubts.find(({ code }) => HALF.has(code));
  if (doubt === undefined) return;
  const advice = doubt.message.includes('Ask for') ? '' : ' Ask for the file again.';
  throw new GewuError(doubt.code, `${file}: ${doubt.message}${advice}`, { ...doubt.data, file, table: name });
}

/**
 * Text that might be garbled and points that might be misplaced are asked about, never taken on a guess.
 * @throws GewuError 'shp-truncated' and its like, 'encoding-unsure', 'crs-unsure', 'datum-unsure', 'crs-unknown', 'datum-shift-unknown': what is in doubt, in which file, what to say
 */
export function refuseUnsure(plan: PlannedTable, kind: Kind, projectCrs: string): void {
  const { info } = plan.source;
  refuseHalf(info);
  if (plan.read.encoding === undefined && info.encoding.name !== null && info.encoding.confidence < SURE) {
    const candidates = info.encoding.candidates.map((candidate) => candidate.name);
    throw new GewuError(
      'encoding-unsure',
      `${info.file}: the bytes do not say clearly which encoding they are in (${candidates.join(', ')}); choose one (--encoding).`,
      { file: info.file, table: info.name, candidates },
    );
  }
  if (kind.shape !== 'none') refuseUnsurePlace(plan, projectCrs);
}

function refuseUnsurePlace(plan: PlannedTable, projectCrs: string): void {
  const { info } = plan.source;
  const { crs } = plan;
  const about = { file: info.file, table: info.name, crs: crs.code };
  if (!crs.placed) return;
  const { refused } = crs.datum;
  if (refused !== null) throw new GewuError(refused.code, refused.message, { ...refused.data });
  if (crs.code !== null && crs.candidates.length > 0 && crs.confidence < SURE) {
    const candidates = [...new Set(crs.candidates.map((candidate) => candidate.code))];
    refuseContradicted(info.file, crs, { ...about, candidates });
    throw new GewuError(
      'crs-unsure',
      `${info.file}: it is not sure which coordinate system its points are in (${candidates.join(', ')}); choose one (--crs).`,
      { ...about, candidates },
    );
  }
  if (crs.toProject !== null) return;
  if (crs.problem === 'datum-shift-unknown') {
    throw new GewuError(
      'datum-shift-unknown',
      `${info.file}: its points are in ${crs.code}, and how that lies to the project's ${projectCrs} is not known; give the datum shift (--datum: parameters, control points or known components), or name another system (--crs).`,
      about,
    );
  }
  const { proposed } = crs.datum;
  if (crs.code === null && proposed !== null) {
    const { used } = proposed;
    throw new GewuError(
      'crs-unknown',
      `${info.file}: its coordinates lie in no coordinate system that is known here, but ${used} components with the same code say where they are; take that shift (--datum: known-components) or name a system (--crs).`,
      { ...about, known: used },
    );
  }
  throw new GewuError(
    'crs-unknown',
    crs.code === null
      ? `${info.file}: its coordinates lie in no coordinate system that is known here; name one (--crs EPSG:4548).`
      : `${info.file}: the coordinate system ${crs.code} is not known; name another one (--crs EPSG:4548).`,
    about,
  );
}

/** Points that lie off what the project knows, all the same way: the sentence says how far, since that is what tells the datum. */
function refuseContradicted(file: string, crs: PlannedTable['crs'], about: Record<string, unknown>): void {
  const against = crs.evidence.find(({ code }) => code === 'known-contradicts' || code === 'grid-contradicts');
  if (against === undefined) return;
  const { agreeing, total, dx, dy, metres } = against.data;
  const where = `${String(agreeing)} of ${String(total)} known places (${String(dx)} m east, ${String(dy)} m north from where they are delivered)`;
  throw new GewuError(
    'datum-unsure',
    `${file}: read as ${String(crs.code)}, its points lie ${String(metres)} m off ${where}: most likely Beijing 54, Xi'an 80 or a local shift; give the shift (--datum), or name the system (--crs), also if it is ${String(crs.code)} after all.`,
    { ...about, agreeing, total, dx, dy, metres },
  );
}

/**
 * A plan that a person wrote must fit what it speaks of: a column that is not there would silently put values aside.
 * @throws GewuError 'mapping-misfit' naming the column or field, and what there is
 */
export function refuseMisfit(wish: TablePlan, kind: Kind, fields: string[]): void {
  const where = `${wish.file}, ${wish.table}`;
  const targets = [...kind.columns.keys(), ...kind.helpers];
  const derived = wish.derived ?? [];
  for (const { to } of [...(wish.mapping ?? []), ...derived]) {
    if (to === null || targets.includes(to)) continue;
    throw new GewuError('mapping-misfit', `${where}: there is no column "${to}"; there are ${targets.join(', ')}.`, {
      reason: 'no-column',
      where,
      column: to,
      columns: targets,
    });
  }
  const [missing] = missingSources(derived, fields);
  if (missing !== undefined) {
    throw new GewuError(
      'mapping-misfit',
      `${where}: a column is to be made of the field "${missing}", which is not there (${fields.join(', ')}).`,
      { reason: 'no-source', where, field: missing, fields },
    );
  }
  const filled = [...(wish.mapping ?? []), ...derived].flatMap(({ to }) => (to === null ? [] : [to]));
  const twice = filled.find((to, i) => filled.indexOf(to) !== i);
  if (twice !== undefined) {
    throw new GewuError('mapping-misfit', `${where}: two fields are to fill the column "${twice}"; name one.`, {
      reason: 'column-twice',
      where,
      column: twice,
    });
  }
  if (wish.key === undefined || wish.key === kind.key) return;
  if (fields.some((field) => headingKey(field) === headingKey(wish.key ?? ''))) return;
  throw new GewuError(
    'mapping-misfit',
    `${where}: rows are known by "${kind.key}"; --key names that column or the delivered field that holds it, and there is no field "${wish.key}" (${fields.join(', ')}).`,
    { reason: 'no-key', where, column: kind.key, key: wish.key, fields },
  );
}

/** The mapping a person asked for, with the field named as key filling the key column. */
export function wishedMapping(wish: TablePlan | undefined, kind: Kind | null): TablePlan['mapping'] {
  if (kind === null || wish?.key === undefined || wish.key === kind.key) return wish?.mapping;
  const { key } = wish;
  const others = (wish.mapping ?? []).filter(
    ({ field, to }) => headingKey(field) !== headingKey(key) && to !== kind.key,
  );
  return [...others, { field: key, to: kind.key }];
}

/**
 * A class a person names must be one: of a catalogue, or in force in the project.
 * @throws GewuError 'class-unknown' naming near ones, 'scheme-unknown' naming those there are
 */
export function refuseUnknownClass(
  wish: Pick<TablePlan, 'classCode' | 'scheme' | 'file' | 'table'>,
  { catalogue, project }: Pick<IntakeEnvironment, 'catalogue' | 'project'>,
): void {
  const { classCode, scheme } = wish;
  const schemes = [
    ...new Set([...catalogue.classes.map((entry) => entry.scheme), ...(project === null ? [] : [project.scheme])]),
  ];
  if (scheme !== undefined && !schemes.includes(scheme)) {
    throw new GewuError(
      'scheme-unknown',
      `There is no classification scheme "${scheme}"; there are ${schemes.join(', ')}.`,
      {
        scheme,
        schemes,
      },
    );
  }
  if (classCode === undefined || catalogue.byCode(classCode).length > 0) return;
  if (project?.known.inForce(classCode) === true) return;
  const near = nearClasses(catalogue, scheme ?? project?.scheme ?? null, classCode);
  const hint = near.length === 0 ? '' : ` Near it are ${near.join(', ')}.`;
  throw new GewuError('class-unknown', `There is no class ${classCode} in any classification scheme.${hint}`, {
    class: classCode,
    ...(near.length === 0 ? {} : { near }),
  });
}
