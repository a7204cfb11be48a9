import { readFileSync } from 'node:fs';
import type { ImportAs, InspectedTable, TablePlan } from '../../api/delivery.ts';
import type { TableInfo } from '../../formats/format.ts';
import { CrsError, isKnownCrs, transformer, type TransformOptions } from '../../model/geometry/crs.ts';
import type { Axes, CrsAnswer, CrsCandidate, CrsDistrict, CrsReading } from '../../model/geometry/crs-answer.ts';
import { namedCrs, recogniseCrs } from '../../model/geometry/crs-recognise.ts';
import type { Bbox, Position } from '../../model/geometry/types.ts';
import { knownPairs, projectFits } from './crs-fit.ts';
import { shifted, withProposal } from './crs-shift.ts';
import { spread, surveyPoints, type SurveyPoint } from './crs-points.ts';
import type { IntakeEnvironment } from './environment.ts';
import type { Survey } from './survey.ts';

export type Candidate = InspectedTable['crs']['candidates'][number];

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
  problem: 'crs-unknown' | 'datum-shift-unknown' | 'datum-unusable' | null;
  /** Delivered order of numbers to project CRS; null without a project, without coordinates, or where the relation is not known. */
  toProject: ((at: Position) => Position) | null;
  datum: InspectedTable['crs']['datum'];
}

const SAMPLE = 600;
const SHOWN = 200;

type Wish = Pick<TablePlan, 'crs' | 'axes' | 'datum'>;

const PLACELESS: TableCrs = {
  code: null,
  axes: 'east-north',
  confidence: 1,
  evidence: [],
  candidates: [],
  placed: false,
  problem: null,
  toProject: null,
  datum: { applied: null, proposed: null, refused: null },
};

/** A table, as far as its places are to be judged. */
export interface PlacedTable {
  info: Pick<TableInfo, 'file' | 'crsStated'>;
  survey: Survey;
  as: ImportAs | null;
  /** Delivered field of a column. */
  to: (column: string) => string | null;
  classCode: string | null;
}

/** Decides the CRS of one table: the person's word, else what is stated, where the numbers fall, and what the project knows of the things. */
export function recogniseTable(environment: IntakeEnvironment, table: PlacedTable, wish: Wish | undefined): TableCrs {
  const points = surveyPoints(table.survey, table.as, table.to, table.classCode);
  if (points.length === 0) return PLACELESS;
  const { project } = environment;
  const pairs = project === null ? [] : knownPairs(project, table.as, points);
  const readAs = ({ code, axes }: CrsReading) => toProject(environment, code, axes, { accept: true });
  const sample = Float64Array.from(spread(points, SAMPLE).flatMap(({ at }) => at));
  const district = districtOf(environment);
  const found = recogniseCrs({
    stated: table.info.crsStated,
    sample,
    district,
    ...(project === null ? {} : projectFits(project, table.as, points, pairs, readAs)),
  });
  const chosen = choose(found, wish, (text) => namedCrs(text, sample, district));
  const shown = spread(points, SHOWN);
  const candidates = chosen.candidates.map(({ code, axes, confidence, reason }): Candidate => {
    const drawn = shownPoints(readAs({ code, axes }), shown);
    return { code, axes, confidence, evidence: [{ code: reason, data: {} }], datum: null, points: drawn };
  });
  const decided: TableCrs = { ...PLACELESS, ...chosen, candidates, placed: true };
  if (project === null) return { ...decided, problem: problemOf(chosen.code, true) };
  const datumTask = { file: table.info.file, projectCrs: project.crs, pairs };
  if (wish?.datum !== undefined) return shifted(decided, datumTask, shown, { shift: wish.datum, axes: wish.axes });
  const placing = chosen.code === null ? null : toProject(environment, chosen.code, chosen.axes);
  const placed = { ...decided, problem: problemOf(chosen.code, placing !== null), toProject: placing };
  return withProposal(placed, datumTask, shown);
}

function problemOf(code: string | null, related: boolean): TableCrs['problem'] {
  if (code === null || !isKnownCrs(code)) return 'crs-unknown';
  return related ? null : 'datum-shift-unknown';
}

/** The person's word goes before all evidence, which is shown all the same; what they name stands among the candidates. */
function choose(found: CrsAnswer, wish: Wish | undefined, read: (text: string) => CrsReading | null): CrsAnswer {
  if (wish?.crs === undefined) return { ...found, axes: wish?.axes ?? found.axes };
  const named = read(wish.crs) ?? { code: wish.crs, axes: 'east-north' };
  const listed = found.candidates.find(({ code, axes }) => code === named.code && axes === (wish.axes ?? axes));
  const axes = wish.axes ?? listed?.axes ?? named.axes;
  const own: CrsCandidate = { code: named.code, axes, confidence: 1, reason: 'stated' };
  return {
    code: named.code,
    axes,
    confidence: 1,
    evidence: [{ code: 'given', data: { code: named.code } }, ...found.evidence],
    candidates: listed !== undefined || !isKnownCrs(named.code) ? found.candidates : [...found.candidates, own],
  };
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

/** In delivered order; swapped means the first number is north. Null when the relation to the project's CRS is not known (and not accepted as none). */
function toProject(
  environment: IntakeEnvironment,
  code: string,
  axes: Axes,
  options: TransformOptions = {},
): ((at: Position) => Position) | null {
  const target = environment.project?.crs;
  if (target === undefined || !isKnownCrs(code)) return null;
  try {
    const transform = code === target ? (x: number, y: number): Position => [x, y] : transformer(code, target, options);
    return axes === 'swapped' ? ([y, x]) => transform(x, y) : ([x, y]) => transform(x, y);
  } catch (error) {
    if (error instanceof CrsError) return null;
    throw error;
  }
}

/** Systems whose datum shift is not known are drawn as if there were none. */
function shownPoints(read: ((at: Position) => Position) | null, points: readonly SurveyPoint[]): Position[] {
  if (read === null) return [];
  return points.map(({ at }) => read(at)).filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y));
}
