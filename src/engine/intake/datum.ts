import type { DatumReport, DatumResidual } from '../../api/datum.ts';
import { GewuError } from '../../api/error.ts';
import type { Axes } from '../../model/geometry/crs-answer.ts';
import { commonOffset } from '../../model/geometry/crs-known.ts';
import { CrsError, isKnownCrs, transformer } from '../../model/geometry/crs.ts';
import {
  planarPlacing,
  readPairs,
  withGeocentricShift,
  type DatumShift,
  type GeocentricShift,
  type PlanarShift,
} from '../../model/geometry/datum-shift.ts';
import {
  fitControlPoints,
  fitMatched,
  inOneLine,
  type ControlPair,
  type FittedShift,
} from '../../model/geometry/helmert.ts';
import type { Position } from '../../model/geometry/types.ts';
import type { KnownPair } from './crs-fit.ts';

/** What a shift starts from: the delivered system (null: numbers of no known one) and where they are to land. */
export interface DatumTask {
  file: string;
  code: string | null;
  axes: Axes;
  projectCrs: string;
  /** Delivered things the project knows, in delivered order of numbers. */
  pairs: readonly KnownPair[];
}

export interface DatumPlacing {
  /** Delivered order of numbers to the project's CRS. */
  toProject: (at: Position) => Position;
  report: DatumReport;
}

type Named = ControlPair & { name: string | null };

/**
 * Brings delivered coordinates to the project's datum as a person said.
 * @throws GewuError 'datum-unusable': what is wrong with the shift, and what to do
 */
export function placeByDatum(task: DatumTask, shift: DatumShift): DatumPlacing {
  if (task.code !== null && !isKnownCrs(task.code))
    throw unusable(task, 'unknown-crs', `the system ${task.code} is not known`);
  const known = task.pairs.map(({ code, at, known: to }): Named => ({ name: code, from: east(task, at), to }));
  switch (shift.method) {
    case 'geocentric':
      return reported(task, shift, null, geocentric(task, shift), known, null);
    case 'planar':
      return reported(task, shift, shift, planarPlacing(shift, task.code, task.projectCrs), known, null);
    case 'control-points': {
      const points = shift.points.map(({ name, from, to }): Named => ({ name: name ?? null, from, to }));
      const fit = fitControlPoints(readPairs(points, task.code, task.projectCrs));
      if (fit === null)
        throw unusable(
          task,
          'few-points',
          'two control points at different places are needed, three to see what they leave over',
          points.length,
        );
      return fittedPlacing(task, shift, fit, points, known);
    }
    case 'known-components': {
      const fit = fitMatched(readPairs(known, task.code, task.projectCrs));
      if (fit === null)
        throw unusable(
          task,
          'few-known',
          `three components with codes the project knows are needed to find the shift, and there are ${known.length} that agree; give control points or parameters`,
          known.length,
        );
      return fittedPlacing(task, shift, fit, known, known);
    }
  }
}

const east = ({ axes }: Pick<DatumTask, 'axes'>, [x, y]: Position): Position => (axes === 'swapped' ? [y, x] : [x, y]);

function unusable({ file, code, projectCrs }: DatumTask, reason: string, why: string, count = 0): GewuError {
  const data = { reason, file, crs: code, projectCrs, count };
  return new GewuError('datum-unusable', `${file}: the datum shift cannot be used: ${why}.`, data);
}

function geocentric(task: DatumTask, shift: GeocentricShift): (at: Position) => Position {
  if (task.code === null)
    throw unusable(task, 'no-crs', 'parameters between ellipsoids need the delivered system (--crs)');
  const made = withGeocentricShift(task.code, shift);
  if ('problem' in made) {
    const older = made.problem.code === 'datum-not-older';
    throw unusable(
      task,
      older ? 'not-older' : 'no-ellipsoid',
      older
        ? `${task.code} stands on today's datum; name the older system the parameters start from (--crs), as EPSG:2436`
        : `${task.code} does not say its ellipsoid in a way parameters can start from`,
    );
  }
  try {
    const go = transformer(made.code, task.projectCrs);
    return ([x, y]) => go(x, y);
  } catch (error) {
    if (error instanceof CrsError)
      throw unusable(task, 'project', `how CGCS2000 lies to the project's ${task.projectCrs} is not known`);
    throw error;
  }
}

function fittedPlacing(
  task: DatumTask,
  shift: DatumShift,
  fit: FittedShift,
  places: readonly Named[],
  known: readonly Named[],
): DatumPlacing {
  const { dx, dy, rotation, scale, origin } = fit.similarity;
  const from = task.code === null ? 'delivered' : 'project';
  const planar: PlanarShift = { method: 'planar', dx, dy, rotation, scale, origin, from };
  const go = planarPlacing(planar, task.code, task.projectCrs);
  return reported(task, shift, planar, go, known, { fit, places });
}

/** Residuals shown. */
const SHOWN = 200;
/** Metres: more than a control point or a mean may leave over without a word. */
const LEFT_OVER = 0.5;

function reported(
  task: DatumTask,
  shift: DatumShift,
  planar: PlanarShift | null,
  go: (at: Position) => Position,
  known: readonly Named[],
  fitted: { fit: FittedShift; places: readonly Named[] } | null,
): DatumPlacing {
  const places = fitted?.places ?? known;
  const before = beforeOf(task);
  const residuals = places.map(({ name, from, to }, i): DatumResidual => {
    const [x, y] = go(from);
    const [dx, dy] = [to[0] - x, to[1] - y];
    const used = fitted?.fit.residuals[i]?.used ?? true;
    return { name, before: before(from), to, dx, dy, metres: Math.hypot(dx, dy), used };
  });
  const used = residuals.filter((one) => one.used);
  const check = commonOffset(
    known.map(({ from, to }): Position => {
      const [x, y] = go(from);
      return [to[0] - x, to[1] - y];
    }),
  );
  const report: DatumReport = {
    shift,
    planar,
    model: fitted?.fit.model ?? 'given',
    total: places.length,
    used: used.length,
    rms: used.length === 0 ? null : Math.sqrt(used.reduce((sum, { metres }) => sum + metres ** 2, 0) / used.length),
    max: used.length === 0 ? null : Math.max(...used.map(({ metres }) => metres)),
    residuals: residuals.toSorted((a, b) => b.metres - a.metres).slice(0, SHOWN),
    known: check,
    warnings: [],
  };
  report.warnings = warningsOf(report, places);
  return { toProject: (at) => go(east(task, at)), report };
}

function beforeOf({ code, projectCrs }: DatumTask): (at: Position) => Position | null {
  if (code === null) return () => null;
  const read = transformer(code, projectCrs, { accept: true });
  return ([x, y]) => read(x, y);
}

function warningsOf(report: DatumReport, places: readonly Named[]): DatumReport['warnings'] {
  const warnings: DatumReport['warnings'] = [];
  if (report.shift.method === 'control-points') {
    if (places.length < 3) warnings.push({ code: 'few-points', data: { count: places.length } });
    else if (inOneLine(places.map(({ from }) => from))) warnings.push({ code: 'in-one-line', data: {} });
    const [worst, ...others] = report.residuals;
    const usual = others[Math.floor(others.length / 2)]?.metres ?? 0;
    if (worst !== undefined && others.length >= 3 && worst.metres > Math.max(0.1, 2 * usual))
      warnings.push({ code: 'stray', data: { name: worst.name ?? '', metres: round(worst.metres) } });
    if (report.rms !== null && report.rms > LEFT_OVER)
      warnings.push({ code: 'leaves-over', data: { rms: round(report.rms) } });
  }
  const { known } = report;
  if (known !== null && known.total >= 3 && (known.verdict === 'offset' || known.verdict === 'apart')) {
    const metres = round(Math.hypot(known.dx, known.dy));
    warnings.push({ code: 'known-disagree', data: { metres, agreeing: known.agreeing, total: known.total } });
  }
  return warnings;
}

const round = (metres: number): number => Math.round(metres * 1000) / 1000;
