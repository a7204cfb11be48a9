import type { DatumShift } from '../../model/geometry/datum-shift.ts';
import type { Axes } from '../../model/geometry/crs-answer.ts';
import { GewuError } from '../../api/error.ts';
import type { SurveyPoint } from './crs-points.ts';
import { placeByDatum, type DatumPlacing, type DatumTask } from './datum.ts';
import type { Candidate, TableCrs } from './table-crs.ts';

type Task = Omit<DatumTask, 'code' | 'axes'>;

/** A table whose shift a person gave: it goes before all evidence, and is shown with what it leaves over. One that can't be used is said so, and places nothing. */
export function shifted(
  crs: TableCrs,
  task: Task,
  points: readonly SurveyPoint[],
  said: { shift: DatumShift; axes: Axes | undefined },
): TableCrs {
  try {
    const { axes, placing } = likelierAxes(crs, task, said.shift, said.axes);
    const { method } = said.shift;
    const { used, total, rms } = placing.report;
    return {
      ...crs,
      axes,
      confidence: 1,
      evidence: [{ code: 'datum-given', data: { method, used, total, rms } }, ...crs.evidence],
      candidates: [candidateOf(crs.code ?? task.projectCrs, axes, 1, placing, points), ...crs.candidates],
      problem: null,
      toProject: placing.toProject,
      datum: { applied: placing.report, proposed: null, refused: null },
    };
  } catch (error) {
    if (!(error instanceof GewuError)) throw error;
    const { code, message, data } = error;
    return { ...crs, problem: 'datum-unusable', datum: { ...crs.datum, refused: { code, message, data } } };
  }
}

function candidateOf(
  code: string,
  axes: Axes,
  confidence: number,
  { report, toProject }: DatumPlacing,
  points: readonly SurveyPoint[],
): Candidate {
  const { used, total, rms, shift: datum } = report;
  const placed = points.map(({ at }) => toProject(at)).filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y));
  return { code, axes, confidence, evidence: [{ code: 'shifted', data: { used, total, rms } }], datum, points: placed };
}

/** Numbers of no known system say nothing of their order: the one that leaves less over is right. */
function likelierAxes(
  crs: TableCrs,
  task: Task,
  shift: DatumShift,
  wished: Axes | undefined,
): { axes: Axes; placing: DatumPlacing } {
  const at = (axes: Axes) => ({ axes, placing: placeByDatum({ ...task, code: crs.code, axes }, shift) });
  if (wished !== undefined || crs.code !== null || shift.method !== 'known-components') return at(wished ?? crs.axes);
  const tried = (['east-north', 'swapped'] as const).flatMap((axes) => {
    try {
      return [at(axes)];
    } catch (error) {
      if (error instanceof GewuError) return [];
      throw error;
    }
  });
  return tried.toSorted((a, b) => agreement(b.placing) - agreement(a.placing))[0] ?? at(crs.axes);
}

/** More that agree first, then what they leave over. */
function agreement({ report }: DatumPlacing): number {
  return report.used - Math.min(1, (report.rms ?? Infinity) / 100);
}

/** Metres a proposal may leave over, so that it is worth proposing. */
const WORTH = 5;

/** Where a shift is needed and the project knows enough of the delivered things: the shift they say, as one more candidate to choose. */
export function withProposal(crs: TableCrs, task: Task, points: readonly SurveyPoint[]): TableCrs {
  const contradicted = crs.evidence.some(({ code }) => code === 'known-contradicts' || code === 'grid-contradicts');
  if (crs.problem === null && !contradicted) return crs;
  if (task.pairs.length < 3) return crs;
  try {
    const { axes, placing } = likelierAxes(crs, task, { method: 'known-components' }, undefined);
    const { used, total, rms } = placing.report;
    if (used * 2 < total || (rms ?? Infinity) > WORTH) return crs;
    const candidate = candidateOf(crs.code ?? task.projectCrs, axes, PROPOSED, placing, points);
    return { ...crs, candidates: [candidate, ...crs.candidates], datum: { ...crs.datum, proposed: placing.report } };
  } catch (error) {
    if (error instanceof GewuError) return crs;
    throw error;
  }
}

/** However well it fits, a shift is applied only when somebody says so. */
const PROPOSED = 0.7;
