import type { DatumShift } from '../../model/geometry/datum-shift.ts';
import type { Axes } from '../../model/geometry/crs-answer.ts';
import { GewuError } from '../../api/error.ts';
import type { SurveyPoint } from './crs-points.ts';
import { placeByDatum, type DatumPlacing, type DatumTask } from './datum.ts';
import type { Candidate, TableCrs } from './table-crs.ts';

type Task = Omit<DatumTask, 'code' | 'axes'>;

/**
 * A table whose shift a person gave: it goes before all evidence, and is shown with what it leaves over.
 * @throws GewuError 'datum-unusable'
 */
export function shifted(crs: TableCrs, task: Task, shift: DatumShift, wishedAxes: Axes | undefined): TableCrs {
  const { axes, placing } = likelierAxes(crs, task, shift, wishedAxes);
  const { method } = shift;
  const { used, total, rms } = placing.report;
  return {
    ...crs,
    axes,
    confidence: 1,
    evidence: [{ code: 'datum-given', data: { method, used, total, rms } }, ...crs.evidence],
    problem: null,
    toProject: placing.toProject,
    datum: { applied: placing.report, proposed: null },
  };
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
    const { report, toProject } = placing;
    const { used, total, rms } = report;
    if (used * 2 < total || (rms ?? Infinity) > WORTH) return crs;
    const candidate: Candidate = {
      code: crs.code ?? task.projectCrs,
      axes,
      confidence: PROPOSED,
      evidence: [{ code: 'shifted', data: { used, total, rms } }],
      datum: { method: 'known-components' },
      points: points.map(({ at }) => toProject(at)),
    };
    return { ...crs, candidates: [candidate, ...crs.candidates], datum: { applied: null, proposed: report } };
  } catch (error) {
    if (error instanceof GewuError) return crs;
    throw error;
  }
}

/** However well it fits, a shift is applied only when somebody says so. */
const PROPOSED = 0.7;
