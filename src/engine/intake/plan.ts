import { createHash } from 'node:crypto';
import type { ImportAs, TablePlan } from '../../api/delivery.ts';
import type { ReadOptions, SourceTable } from '../../formats/format.ts';
import { guessClass, type ClassGuess } from './classes.ts';
import { headingKey } from './dictionary.ts';
import { refuseMisfit, wishedMapping } from './check-plan.ts';
import type { IntakeEnvironment } from './environment.ts';
import { kindOf } from './kinds.ts';
import { decideMapping, saidMapping, type DerivedGuess } from './decide-mapping.ts';
import { fieldOf, rowDeriver, withDerived } from './derive.ts';
import { guessKind, type FieldGuess, type KindGuess } from './guess-fields.ts';
import { recogniseTable, type TableCrs } from './table-crs.ts';
import { classSamples, distinctValues, surveyTable, type Survey } from './survey.ts';

/** One table of a delivery with everything decided about it, by the person's plan first and by evidence for the rest. */
export interface PlannedTable {
  source: SourceTable;
  read: ReadOptions;
  survey: Survey;
  as: KindGuess;
  fields: FieldGuess[];
  derived: DerivedGuess[];
  componentClass: ClassGuess;
  crs: TableCrs;
  signature: string;
  savedMapping: boolean;
  skip: boolean;
}

const SAMPLES = 40;

/** Same headings in any order give the same signature: a supplier's next delivery is recognised by it. */
export function headerSignature(names: string[]): string {
  const keys = names.map(headingKey).toSorted();
  return createHash('sha256').update(keys.join('\n')).digest('hex').slice(0, 16);
}

/** Looks at a table's first rows and decides what it is. Nothing is changed anywhere. */
export async function planTable(
  environment: IntakeEnvironment,
  source: SourceTable,
  wish: TablePlan | undefined,
  forced: ImportAs | undefined,
): Promise<PlannedTable> {
  const read: ReadOptions = {
    ...(wish?.encoding === undefined ? {} : { encoding: wish.encoding }),
    ...(wish?.headerRow === undefined ? {} : { headerRow: wish.headerRow }),
  };
  const first = await surveyTable(source, read);
  const names = Object.keys(first.rows[0]?.values ?? {});
  const headings = names.length > 0 ? names : source.info.fields.map((field) => field.name);
  const fields = headings.map((name) => ({ name, samples: distinctValues(first.rows, name, SAMPLES) }));
  const early = guessClass(environment.catalogue, source.info.file, [], environment.project?.scheme ?? null);
  const as = decideKind(environment, source, fields, early.code !== null, wish?.as ?? forced);
  const signature = headerSignature(headings);
  const saved = as.value === null ? null : (environment.project?.savedMapping(as.value, signature, headings) ?? null);
  const kind = as.value === null ? null : kindOf(as.value);
  if (wish !== undefined && kind !== null) refuseMisfit(wish, kind, headings);
  const wished = wishedMapping(wish, kind);
  const said = saidMapping(
    { mapping: wished, derived: wish?.derived },
    saved === null ? null : { mapping: saved, derived: [] },
  );
  const mapped = decideMapping(environment.dictionary, as.value, fields, said);
  const derivations = mapped.derived.map(({ derivation }) => derivation);
  const survey: Survey = { rows: first.rows.map(rowDeriver(derivations)) };
  const to = fieldOf(
    mapped.fields.map(({ field, to: column }) => ({ field, to: column })),
    derivations,
  );
  const samples = as.value === 'component' ? classSamples(survey.rows, to) : [];
  const guessed = guessClass(environment.catalogue, source.info.file, samples, environment.project?.scheme ?? null);
  const componentClass = wishClass(environment, guessed, wish);
  const placed = { info: source.info, survey, as: as.value, to, classCode: componentClass.code };
  return {
    source: withDerived(source, derivations),
    read,
    survey,
    as,
    ...mapped,
    componentClass,
    crs: recogniseTable(environment, placed, wish),
    signature,
    savedMapping: said.mapping?.why === 'saved',
    skip: wish?.skip === true,
  };
}

function decideKind(
  environment: IntakeEnvironment,
  source: SourceTable,
  fields: { name: string; samples: string[] }[],
  classFound: boolean,
  wish: ImportAs | undefined,
): KindGuess {
  if (wish !== undefined) return { value: wish, confidence: 1, why: 'given' };
  return guessKind(environment.dictionary, { geometry: source.info.geometry, fields, classFound });
}

function wishClass(environment: IntakeEnvironment, guess: ClassGuess, wish: TablePlan | undefined): ClassGuess {
  const scheme = wish?.scheme ?? guess.scheme;
  if (wish?.classCode === undefined) return { ...guess, scheme };
  const found = scheme === null ? null : environment.catalogue.find(scheme, wish.classCode);
  const any = found ?? environment.catalogue.byCode(wish.classCode)[0] ?? null;
  return {
    scheme: any?.scheme ?? scheme,
    code: wish.classCode,
    name: any?.name ?? null,
    confidence: 1,
    evidence: [{ code: 'given', data: { class: wish.classCode } }],
  };
}
