import type { CellValue, LayerName } from '../../model/component.ts';
import type { Filter } from '../../model/filter.ts';
import { SEVERITIES, type Finding, type FindingPhase, type Severity } from '../../model/finding.ts';
import { ProjectError } from '../error.ts';
import { compileFilter } from './filter.ts';
import type { Reader } from './reader.ts';

interface FindingRow {
  id: number;
  rule: string;
  severity: Severity;
  features: string;
  key: string;
  x: number | null;
  y: number | null;
  data: string;
  phase: FindingPhase;
  found_at: string;
  fixed_at: string | null;
  reason: string | null;
  until: string | null;
  person: string | null;
  excused_at: string | null;
}

const SELECT = `SELECT g.id, g.rule, g.severity, g.features, g.key, g.x, g.y, g.data, g.phase, g.found_at, g.fixed_at,
  e.reason, e."until", e.person, e.at AS excused_at FROM gewu_finding g LEFT JOIN gewu_exception e ON e.id = g.exception_id`;
const BY_WEIGHT = `ORDER BY CASE g.severity ${SEVERITIES.map((s, i) => `WHEN '${s}' THEN ${i}`).join(' ')} END, g.rule, g.id`;

function findingOf(row: FindingRow): Finding {
  const { reason, person, excused_at: at } = row;
  return {
    id: row.id,
    rule: row.rule,
    severity: row.severity,
    features: JSON.parse(row.features) as Finding['features'],
    key: row.key,
    at: row.x === null || row.y === null ? null : [row.x, row.y],
    data: JSON.parse(row.data) as Record<string, CellValue>,
    phase: row.phase,
    foundAt: row.found_at,
    fixedAt: row.fixed_at,
    exception: reason === null || person === null || at === null ? null : { reason, until: row.until, person, at },
  };
}

export interface FindingQuestion {
  rule?: string | undefined;
  phase?: FindingPhase | undefined;
  feature?: { layer: LayerName; id: number } | undefined;
  /** Only those on components that pass it. */
  filter?: Filter | null | undefined;
  offset: number;
  limit: number;
}

/** A page of the findings, heaviest first, and how many there are in all. */
export function listFindings(reader: Reader, question: FindingQuestion): { findings: Finding[]; total: number } {
  const where: string[] = [];
  const params: (string | number)[] = [];
  const add = (sql: string, ...values: (string | number)[]): void => {
    where.push(sql);
    params.push(...values);
  };
  const { rule, phase, feature, filter, offset, limit } = question;
  if (rule !== undefined) add('g.rule = ?', rule);
  if (phase !== undefined) add('g.phase = ?', phase);
  if (feature !== undefined) {
    add(
      `g.id IN (SELECT finding_id FROM gewu_finding_feature WHERE layer = ? AND feature_id = ?)`,
      feature.layer,
      feature.id,
    );
  }
  if (filter != null) {
    const within = onPassing(reader, filter);
    add(within.sql, ...within.params);
  }
  const condition = where.length === 0 ? '' : ` WHERE ${where.join(' AND ')}`;
  const total = reader.db
    .prepare<(string | number)[], number>(`SELECT count(*) FROM gewu_finding g${condition}`)
    .pluck()
    .get(...params);
  const rows = reader.db
    .prepare<(string | number)[], FindingRow>(`${SELECT}${condition} ${BY_WEIGHT} LIMIT ? OFFSET ?`)
    .all(...params, limit, offset);
  return { findings: rows.map(findingOf), total: total ?? 0 };
}

/** A finding `g` on a component that passes the filter. */
function onPassing(reader: Reader, filter: Filter): { sql: string; params: (string | number)[] } {
  const { sql, params } = compileFilter(reader, 'component', filter);
  const features = `SELECT f.finding_id FROM gewu_finding_feature f JOIN component t ON t.id = f.feature_id WHERE f.layer = 'component'`;
  return { sql: `g.id IN (${features} AND (${sql}))`, params };
}

/** Open findings by rule on components that pass the filter; rules without any are left out. */
export function openWithin(reader: Reader, filter: Filter): Map<string, number> {
  const within = onPassing(reader, filter);
  const rows = reader.db
    .prepare<(string | number)[], { rule: string; n: number }>(
      `SELECT g.rule, count(*) AS n FROM gewu_finding g WHERE g.phase = 'open' AND ${within.sql} GROUP BY g.rule`,
    )
    .all(...within.params);
  return new Map(rows.map(({ rule, n }) => [rule, n]));
}

/** @throws ProjectError 'not-found' */
export function getFinding(reader: Reader, id: number): Finding {
  const row = reader.db.prepare<[number], FindingRow>(`${SELECT} WHERE g.id = ?`).get(id);
  if (row !== undefined) return findingOf(row);
  throw new ProjectError('not-found', `There is no finding ${id} in this project.`, { reason: 'finding', id });
}

/** How many findings of a rule are in each phase of life. */
export type PhaseCounts = Record<FindingPhase, number>;

/** Counts by rule, for the rules that ever found something. */
export function findingCounts(reader: Reader): Map<string, PhaseCounts> {
  const counts = new Map<string, PhaseCounts>();
  const rows = reader.db
    .prepare<[], { rule: string; phase: FindingPhase; n: number }>(
      `SELECT rule, phase, count(*) AS n FROM gewu_finding GROUP BY phase, rule`,
    )
    .all();
  for (const { rule, phase, n } of rows) {
    const own = counts.get(rule) ?? { open: 0, fixed: 0, excused: 0, verified: 0 };
    own[phase] += n;
    counts.set(rule, own);
  }
  return counts;
}

/** Open findings on one feature. */
export function openFindings(reader: Reader, layer: LayerName, id: number): number {
  return (
    reader.db
      .prepare<[string, number], number>(
        `SELECT count(*) FROM gewu_finding_feature f JOIN gewu_finding g ON g.id = f.finding_id
         WHERE f.layer = ? AND f.feature_id = ? AND g.phase = 'open'`,
      )
      .pluck()
      .get(layer, id) ?? 0
  );
}
