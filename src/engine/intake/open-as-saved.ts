import type { ImportAs, TablePlan } from '../../api/delivery.ts';
import type { EncodingEvidence, ReadOptions, SourceTable } from '../../formats/format.ts';
import { SURE } from './check-plan.ts';
import type { IntakeEnvironment } from './environment.ts';
import type { SavedForm } from './saved-form.ts';

/** A table with the header and encoding it is read under, and the form that an earlier delivery left for it. */
export interface OpenedTable {
  source: SourceTable;
  read: ReadOptions;
  encoding: EncodingEvidence;
  form: SavedForm | null;
  /** All headings are those of the form. */
  exact: boolean;
}

const HEADER_ROWS = 12;

/**
 * Opens a table as the person says, else as its form was opened before, else by evidence alone. A form is known by its headings, so it
 * also tells which of several encodings and which of the first rows make these headings. Clear evidence goes before what is remembered.
 */
export async function openAsSaved(
  environment: IntakeEnvironment,
  delivered: SourceTable,
  wish: TablePlan | undefined,
  as: ImportAs | null,
): Promise<OpenedTable> {
  const source = wish?.headerRow === undefined ? delivered : (delivered.reheaded?.(wish.headerRow) ?? delivered);
  const read: ReadOptions = wish?.encoding === undefined ? {} : { encoding: wish.encoding };
  const { encoding } = source.info;
  const plain: OpenedTable = { source, read, encoding, form: null, exact: false };
  const forms = environment.project?.forms;
  if (forms === undefined) return plain;
  const headings = await headingsUnder(source, read);
  const exact = forms.exact(as, headings);
  if (exact !== null) return asEncoded({ ...plain, form: exact, exact: true }, wish);
  return (
    (await otherEncoding(plain, wish, as, forms)) ??
    (await otherHeader(plain, wish, as, forms)) ??
    asEncoded({ ...plain, form: forms.likest(as, headings) }, wish)
  );
}

type Forms = NonNullable<IntakeEnvironment['project']>['forms'];

/** Headings as they are read; those of the file where it has no rows. */
async function headingsUnder(source: SourceTable, read: ReadOptions): Promise<string[]> {
  for await (const [row] of source.blocks({ ...read, blockRows: 1 })) {
    if (row !== undefined) return Object.keys(row.values);
  }
  return source.info.fields.map((field) => field.name);
}

/** Where the bytes do not say clearly, the encoding under which the headings are those of a known form. */
async function otherEncoding(
  opened: OpenedTable,
  wish: TablePlan | undefined,
  as: ImportAs | null,
  forms: Forms,
): Promise<OpenedTable | null> {
  const { encoding, source } = opened;
  if (wish?.encoding !== undefined || encoding.name === null || encoding.confidence >= SURE) return null;
  for (const { name } of encoding.candidates) {
    const form = forms.exact(as, await headingsUnder(source, { encoding: name }));
    if (form?.used.encoding === name) return { ...underSaved(opened, name), form, exact: true };
  }
  return null;
}

/** The row whose cells are the headings of a known form, where another one was taken for the header. */
async function otherHeader(
  opened: OpenedTable,
  wish: TablePlan | undefined,
  as: ImportAs | null,
  forms: Forms,
): Promise<OpenedTable | null> {
  const { source, read } = opened;
  if (wish?.headerRow !== undefined || source.reheaded === undefined) return null;
  for (let row = 0; row < HEADER_ROWS; row++) {
    if (row === source.info.headerRow) continue;
    const other = source.reheaded(row);
    if (other.info.headerRow !== row) continue;
    const form = forms.exact(as, await headingsUnder(other, read));
    if (form !== null) return asEncoded({ ...opened, source: other, form, exact: true }, wish);
  }
  return null;
}

/** Takes over the encoding of the form where the evidence is not clear, or is what it was when a person overruled it. */
function asEncoded(opened: OpenedTable, wish: TablePlan | undefined): OpenedTable {
  const { form, encoding } = opened;
  const before = form?.used.encoding ?? null;
  if (form === null || before === null || wish?.encoding !== undefined || encoding.name === null) return opened;
  const sure = encoding.confidence >= SURE;
  if (sure && encoding.name === before) return opened;
  const overruled = form.plan.encoding !== undefined && encoding.name === form.found.encoding;
  const possible = encoding.candidates.some(({ name }) => name === before);
  return overruled || (!sure && possible) ? underSaved(opened, before) : opened;
}

function underSaved(opened: OpenedTable, name: string): OpenedTable {
  const { encoding } = opened;
  const evidence = [{ code: 'saved', data: { name } }, ...encoding.evidence];
  return {
    ...opened,
    read: { ...opened.read, encoding: name },
    encoding: { ...encoding, name, confidence: Math.max(0.9, encoding.confidence), evidence },
  };
}
