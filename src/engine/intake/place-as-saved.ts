import type { TablePlan } from '../../api/delivery.ts';
import { SURE } from './check-plan.ts';
import type { IntakeEnvironment } from './environment.ts';
import type { Reading, SavedForm } from './saved-form.ts';
import { recogniseTable, type PlacedTable, type TableCrs } from './table-crs.ts';

export interface RecognisedPlace {
  crs: TableCrs;
  /** What the evidence alone says. */
  found: Pick<Reading, 'crs' | 'axes'>;
}

/**
 * The coordinate system of a table: the person's word, else evidence, else what was decided for this form before. A word of an earlier
 * delivery holds while the evidence is what it was then, or is not clear and allows it; where clear evidence speaks against it, the person is asked again.
 */
export function placeAsSaved(
  environment: IntakeEnvironment,
  table: PlacedTable,
  wish: TablePlan | undefined,
  form: SavedForm | null,
): RecognisedPlace {
  const recognise = (plan: TablePlan | undefined) => recogniseTable(environment, table, plan);
  const crs = recognise(wish);
  if (wish?.crs !== undefined || wish?.datum !== undefined) {
    const { code, axes } = recognise({ ...wish, crs: undefined, axes: undefined, datum: undefined });
    return { crs, found: { crs: code, axes } };
  }
  const found = { crs: crs.code, axes: crs.axes };
  if (form === null || !crs.placed) return { crs, found };
  const shift = form.plan.datum;
  // A shift is a person's word even where they left the system to the evidence: without it the places would lie beside where they belong.
  const said = form.plan.crs !== undefined || shift !== undefined;
  const before = form.plan.crs ?? form.used.crs;
  const sure = crs.candidates.length > 0 && crs.confidence >= SURE;
  if (before === null && shift === undefined) return { crs, found };
  if (sure && crs.code === before && (shift === undefined || onKnown(crs))) return { crs, found };
  const asThen = said && crs.code === form.found.crs && crs.axes === form.found.axes;
  const possible = crs.candidates.some(({ code }) => code === before);
  if (asThen || (!sure && possible)) {
    const axes = wish?.axes ?? axesOf(form, crs, before);
    const again = recognise({ ...form.plan, ...wish, crs: before ?? undefined, axes });
    if (offKnown(again)) return { crs: differing(crs, before), found };
    const evidence = again.evidence.map((one) => (one.code === 'given' ? { ...one, code: 'saved' } : one));
    return { crs: { ...again, evidence }, found };
  }
  if (!said || !sure) return { crs, found };
  return { crs: differing(crs, before), found };
}

/** Asked again, with what was said before. */
function differing(crs: TableCrs, before: string | null): TableCrs {
  const differs = { code: 'saved-differs', data: { code: before ?? crs.code, found: crs.code } };
  return { ...crs, confidence: Math.min(crs.confidence, 0.5), evidence: [differs, ...crs.evidence] };
}

/** What the known components say of the system a table is read in. */
function verdictOf({ code, evidence, datum }: TableCrs): unknown {
  if (datum.applied !== null) return (datum.applied.known?.total ?? 0) >= 3 ? datum.applied.known?.verdict : null;
  return evidence.find((one) => one.code === 'known' && one.data['code'] === code)?.data['verdict'];
}

const onKnown = (crs: TableCrs): boolean => verdictOf(crs) === 'fits';

/** Read as before, the things the project knows lie elsewhere: the supplier has changed something. */
function offKnown(crs: TableCrs): boolean {
  const verdict = verdictOf(crs);
  return crs.problem === null && (verdict === 'offset' || verdict === 'apart');
}

/** Which number is north: as said then, or as it was, where the numbers allow it. */
function axesOf(form: SavedForm, crs: TableCrs, code: string | null): TablePlan['axes'] {
  if (form.plan.axes !== undefined) return form.plan.axes;
  if (code === null) return form.found.crs === null ? form.used.axes : undefined;
  return crs.candidates.some((one) => one.code === code && one.axes === form.used.axes) ? form.used.axes : undefined;
}
