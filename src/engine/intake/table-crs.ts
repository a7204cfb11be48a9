import { readFileSync } from 'node:fs';
import type { InspectedTable, TablePlan } from '../../api/delivery.ts';
import type { TableInfo } from '../../formats/format.ts';
import { CrsError, isKnownCrs, transformer } from '../../model/geometry/crs.ts';
import { recogniseCrs, type Axes, type CrsDistrict } from '../../model/geometry/crs-recognise.ts';
import type { Bbox, Position } from '../../model/geometry/types.ts';
import type { IntakeEnvironment } from './environment.ts';
import { normaliseCode } from './normalise.ts';
import { anyPosition, columnShape, type Survey } from './survey.ts';

type Candidate = InspectedTable['crs']['candidates'][number];

/** Which system a table's coordinates are in, why, and how to bring them home. */
export interface TableCrs {
  code: string | null;
  axes: Axes;
  confidence: number;
  evidence: InspectedTable['crs']['evidence'];
  candidates: Candidate[];
  /** There are coordinates to be placed. */
  placed: boolean;
  /** Why there is no `toProject` though there are coordinates; null without a project. */
  problem: 'crs-unknown' | 'datum-shift-unknown' | null;
  /** Delivered order of numbers to project CRS; null without a project, without coordinates, or where the relation is not known. */
  toProject: ((at: Position) => Position) | null;
}

const SAMPLE = 600;
const SHOWN = 200;

/** Decides the CRS of one table: the person's word, else what is stated and where the numbers fall. */
export function recogniseTable(
  environment: IntakeEnvironment,
  info: TableInfo,
  survey: Survey,
  to: (column: string) => string | null,
  wish: Pick<TablePlan, 'crs' | 'axes'> | undefined,
): TableCrs {
  const points = samplePoints(survey, to);
  const none: TableCrs = {
    code: null,
    axes: 'east-north',
    confidence: 1,
    evidence: [],
    candidates: [],
    placed: false,
    problem: null,
    toProject: null,
  };
  if (points.length === 0) return none;
  const found = recogniseCrs({
    stated: wish?.crs ?? info.crsStated,
    sample: Float64Array.from(points.flatMap((point) => point.at)),
    district: districtOf(environment),
    ...(environment.project?.hasGrids === true
      ? { fit: (candidate: { code: string; axes: Axes }) => fit(environment, candidate, points) }
      : {}),
  });
  const code = wish?.crs ?? found.code;
  const stated = found.candidates.find((candidate) => candidate.code === code);
  const axes = wish?.axes ?? stated?.axes ?? found.axes;
  const project = code === null ? null : toProject(environment, code, axes);
  return {
    code,
    axes,
    confidence: wish?.crs === undefined ? found.confidence : 1,
    evidence:
      wish?.crs === undefined ? found.evidence : [{ code: 'given', data: { code: wish.crs } }, ...found.evidence],
    candidates: found.candidates.map((candidate) => ({
      code: candidate.code,
      axes: candidate.axes,
      confidence: candidate.confidence,
      evidence: [{ code: candidate.reason, data: {} }],
      points: shownPoints(environment, candidate, points),
    })),
    placed: true,
    problem: code === null || !isKnownCrs(code) ? 'crs-unknown' : project === null ? 'datum-shift-unknown' : null,
    toProject: project,
  };
}

interface SamplePoint {
  at: Position;
  gridCode: string | null;
}

/** Evenly spread over the surveyed rows, so that one street at the top of the file does not speak for all. */
function samplePoints(survey: Survey, to: (column: string) => string | null): SamplePoint[] {
  const shapes = new Map(survey.points.map((point) => [point.row, point.at]));
  const gridField = to('grid_text');
  const all = survey.rows.flatMap((row): SamplePoint[] => {
    const at = shapes.get(row.row) ?? anyPosition(columnShape(row, to));
    if (at === null || !Number.isFinite(at[0]) || !Number.isFinite(at[1])) return [];
    return [{ at, gridCode: gridField === null ? null : normaliseCode(row.values[gridField] ?? null).value }];
  });
  const step = Math.max(1, Math.ceil(all.length / SAMPLE));
  return all.filter((_, i) => i % step === 0);
}

const ranges = new Map<string, { districts: Record<string, CrsDistrict>; country: Bbox }>();

function districtOf(environment: IntakeEnvironment): CrsDistrict {
  const href = environment.resources.href;
  let table = ranges.get(href);
  if (table === undefined) {
    const text = readFileSync(new URL('catalogue/district-ranges.json', environment.resources), 'utf8');
    table = JSON.parse(text) as { districts: Record<string, CrsDistrict>; country: Bbox };
    ranges.set(href, table);
  }
  const known = table.districts[environment.project?.district ?? DEFAULT_DISTRICT];
  return environment.project?.lonLatExtent == null
    ? (known ?? { lonLat: table.country })
    : { ...known, lonLat: environment.project.lonLatExtent };
}

/** The district Gewu is made for, where no project says otherwise. */
const DEFAULT_DISTRICT = '110108';

/** In delivered order; swapped means the first number is north. Null when the relation to the project's CRS is not known. */
function toProject(environment: IntakeEnvironment, code: string, axes: Axes): ((at: Position) => Position) | null {
  const target = environment.project?.crs;
  if (target === undefined || !isKnownCrs(code)) return null;
  try {
    const transform = code === target ? (x: number, y: number): Position => [x, y] : transformer(code, target);
    return axes === 'swapped' ? ([y, x]) => transform(x, y) : ([x, y]) => transform(x, y);
  } catch (error) {
    if (error instanceof CrsError) return null;
    throw error;
  }
}

function fit(
  environment: IntakeEnvironment,
  candidate: { code: string; axes: Axes },
  points: SamplePoint[],
): { inside: number; total: number } {
  const project = toProject(environment, candidate.code, candidate.axes);
  if (project === null) return { inside: 0, total: points.length };
  let inside = 0;
  for (const { at, gridCode } of points) {
    const found = environment.project?.locate(project(at)) ?? null;
    if (found !== null && (gridCode === null || found.gridCode === gridCode)) inside += 1;
  }
  return { inside, total: points.length };
}

function shownPoints(
  environment: IntakeEnvironment,
  candidate: { code: string; axes: Axes },
  points: SamplePoint[],
): Position[] {
  const project = toProject(environment, candidate.code, candidate.axes);
  if (project === null) return [];
  const step = Math.max(1, Math.ceil(points.length / SHOWN));
  return points
    .filter((_, i) => i % step === 0)
    .map(({ at }) => project(at))
    .filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y));
}
