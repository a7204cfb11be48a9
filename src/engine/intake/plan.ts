import type { ImportAs, TablePlan } from '../../api/delivery.ts';
import type { Doubt, EncodingEvidence, ReadOptions, SourceTable } from '../../formats/format.ts';
import { sourcesOf } from '../../model/derive.ts';
import { refuseMisfit, refuseUnknownClass, wishedMapping } from './check-plan.ts';
import { guessClass, type ClassCatalogue, type ClassGuess, type ClassSample } from './classes.ts';
import { decideMapping, saidMapping, type DerivedGuess } from './decide-mapping.ts';
import { fieldOf, rowDeriver, withDerived } from './derive.ts';
import { headingKey } from './dictionary.ts';
import type { IntakeEnvironment } from './environment.ts';
import { guessKind, type FieldGuess, type KindGuess } from './guess-fields.ts';
import { kindOf, type Kind } from './kinds.ts';
import { openAsSaved, type OpenedTable } from './open-as-saved.ts';
import { placeAsSaved } from './place-as-saved.ts';
import { isRoundedColumn } from './rounded-codes.ts';
import { headerSignature, type Reading, type SavedForm } from './saved-form.ts';
import { classSamples, distinctValues, surveyTable, type Survey } from './survey.ts';
import type { TableCrs } from './table-crs.ts';
import { formTests } from './value-forms.ts';

/** One table of a delivery with everything decided about it, by the person's plan first and by evidence for the rest. */
export interface PlannedTable {
  source: SourceTable;
  read: ReadOptions;
  /** The encoding it is read in, and why. */
  encoding: EncodingEvidence;
  survey: Survey;
  as: KindGuess;
  fields: FieldGuess[];
  derived: DerivedGuess[];
  componentClass: ClassGuess;
  crs: TableCrs;
  signature: string;
  /** What an earlier delivery left for these headings. */
  form: SavedForm | null;
  /** The form's mapping is the one in use. */
  savedMapping: boolean;
  /** What the evidence alone says of encoding and place. */
  found: Reading;
  wish: TablePlan | undefined;
  skip: boolean;
  /** Fields whose codes a spreadsheet rounded before they became text. */
  rounded: ReadonlySet<string>;
  /** What does not fit the form any more, and what the values give to doubt. */
  doubts: Doubt[];
}

const SAMPLES = 40;

/** Looks at a table's first rows and decides what it is. Nothing is changed anywhere. */
export async function planTable(
  environment: IntakeEnvironment,
  delivered: SourceTable,
  wish: TablePlan | undefined,
  forced: ImportAs | undefined,
): Promise<PlannedTable> {
  const opened = await openAsSaved(environment, delivered, wish, wish?.as ?? forced ?? null);
  const { source, read, encoding } = opened;
  const first = await surveyTable(source, read);
  const names = Object.keys(first.rows[0]?.values ?? {});
  const headings = names.length > 0 ? names : source.info.fields.map((field) => field.name);
  const fields = headings.map((name) => ({ name, samples: distinctValues(first.rows, name, SAMPLES) }));
  const as = decideKind(environment, source, fields, opened, wish?.as ?? forced);
  // A form that is only like this one is of no use where the rows are clearly something else.
  const form = opened.form?.as === as.value ? opened.form : null;
  const kind = as.value === null ? null : kindOf(as.value);
  if (wish !== undefined) refuseUnknownClass(wish, environment);
  if (wish !== undefined && kind !== null) refuseMisfit(wish, kind, headings);
  const said = saidMapping({ mapping: wishedMapping(wish, kind), derived: wish?.derived }, form?.plan ?? null);
  const context = {
    dictionary: environment.dictionary,
    catalogue: environment.catalogue,
    tests: formTests(environment),
    placed: source.info.geometry !== 'none',
  };
  const mapped = decideMapping(context, as.value, fields, said);
  const derivations = mapped.derived.map(({ derivation }) => derivation);
  const survey: Survey = { rows: first.rows.map(rowDeriver(derivations)) };
  const to = fieldOf(
    mapped.fields.map((guess) => ({ field: guess.field, to: guess.to })),
    derivations,
  );
  const samples = as.value === 'component' ? classSamples(environment.catalogue, survey.rows, to) : [];
  const componentClass = decideClass(environment, source, samples, { wish, form });
  const placed = { info: source.info, survey, as: as.value, to, classCode: componentClass.code };
  const { crs, found } = placeAsSaved(environment, placed, wish, form);
  const signature = headerSignature(headings);
  const rounded = roundedFields(kind, mapped.fields, first);
  return {
    source: withDerived(source, derivations),
    read,
    encoding,
    survey,
    as,
    ...mapped,
    componentClass,
    crs,
    signature,
    form,
    savedMapping: said.mapping?.why === 'saved',
    found: { encoding: source.info.encoding.name, ...found },
    wish,
    skip: wish?.skip ?? wasSkipped(environment, source, signature),
    rounded,
    doubts: [
      ...(said.mapping?.why === 'saved' && form !== null ? missingFields(form, headings) : []),
      ...roundedDoubt(rounded),
    ],
  };
}

/** Fields of codes that went through a spreadsheet as numbers. */
function roundedFields(kind: Kind | null, fields: FieldGuess[], { rows }: Survey): Set<string> {
  const codes = fields.filter(({ to }) => to !== null && kind?.columns.get(to) === 'code');
  return new Set(codes.flatMap(({ field }) => (isRoundedColumn(rows, field) ? [field] : [])));
}

function roundedDoubt(fields: ReadonlySet<string>): Doubt[] {
  if (fields.size === 0) return [];
  const names = [...fields].join(', ');
  const message = `The codes of ${names} end in zeros after the 15th digit: a spreadsheet rounded them. They identify nothing; ask for the column as text.`;
  return [{ code: 'rounded-column', message, data: { fields: names, count: fields.size } }];
}

/** Left out last time, and nothing else is known of such tables. */
function wasSkipped(environment: IntakeEnvironment, { info }: SourceTable, signature: string): boolean {
  const table = { signature, table: info.name, sheet: info.format === 'workbook' };
  return environment.project?.forms.skipped(table) === true;
}

/** Fields of the form that fill a column and are not there any more. */
function missingFields(form: SavedForm, headings: readonly string[]): Doubt[] {
  const there = new Set(headings.map(headingKey));
  const mapped = (form.plan.mapping ?? []).flatMap(({ field, to }) => (to === null ? [] : [field]));
  const needed = new Set([...mapped, ...(form.plan.derived ?? []).flatMap(sourcesOf)]);
  const fields = [...needed].filter((field) => !there.has(headingKey(field)));
  if (fields.length === 0) return [];
  const message = `Fields of the saved mapping are missing: ${fields.join(', ')}. Their columns stay empty unless another field fills them.`;
  return [{ code: 'saved-fields-missing', message, data: { fields: fields.join('、'), count: fields.length } }];
}

function decideKind(
  environment: IntakeEnvironment,
  source: SourceTable,
  fields: { name: string; samples: string[] }[],
  { form, exact }: OpenedTable,
  wish: ImportAs | undefined,
): KindGuess {
  if (wish !== undefined) return { value: wish, confidence: 1, why: 'given' };
  if (form !== null && exact) return { value: form.as, confidence: 1, why: 'saved' };
  const early = guessClass(environment.catalogue, source.info.file, [], environment.project?.scheme ?? null);
  const { geometry } = source.info;
  const guess = guessKind(environment.dictionary, { geometry, fields, classFound: early.code !== null });
  return form !== null && guess.value === null ? { value: form.as, confidence: 0.9, why: 'saved' } : guess;
}

/** The person's word, else what the table says, else what a person said of such a table before. */
function decideClass(
  environment: IntakeEnvironment,
  { info }: SourceTable,
  samples: ClassSample[],
  { wish, form }: { wish: TablePlan | undefined; form: SavedForm | null },
): ClassGuess {
  const { catalogue, project } = environment;
  const guess = guessClass(catalogue, info.file, samples, project?.scheme ?? null);
  const scheme = wish?.scheme ?? guess.scheme;
  if (wish?.classCode !== undefined) return classSaid(catalogue, scheme, wish.classCode, 'given');
  const silent = guess.code === null && !guess.evidence.some(({ code }) => code === 'several-classes');
  const classes = form?.classes ?? [];
  const before = classes.find((one) => one.table === info.name) ?? (classes.length === 1 ? classes[0] : undefined);
  if (before === undefined || !silent) return { ...guess, scheme };
  return classSaid(catalogue, wish?.scheme ?? before.scheme, before.classCode, 'saved');
}

function classSaid(catalogue: ClassCatalogue, scheme: string | null, code: string, why: 'given' | 'saved'): ClassGuess {
  const found = scheme === null ? null : catalogue.find(scheme, code);
  const any = found ?? catalogue.byCode(code)[0] ?? null;
  return {
    scheme: any?.scheme ?? scheme,
    code,
    name: any?.name ?? null,
    confidence: 1,
    evidence: [{ code: why, data: { class: code } }],
  };
}
