import type { ImportAs, TablePlan } from '../../api/delivery.ts';
import type { Store } from '../../project/batches/batches.ts';
import { mappingRow, mappingsOfKind } from '../../project/batches/mappings.ts';
import type { LaneContext } from '../lanes/context.ts';
import { headingKey } from './dictionary.ts';
import { KIND_ORDER } from './kinds.ts';
import type { PlannedTable } from './plan.ts';
import { headerSignature, headingsOf, readForm, writeForm, type SavedForm } from './saved-form.ts';

/** What was decided about one table of a delivery, to be remembered by its headings. */
export interface DecidedTable {
  signature: string;
  table: string;
  /** Sheets of one workbook share a form; which of them is left out goes by the sheet's name. */
  sheet: boolean;
  rows: number;
  /** Null for a table that was left out. */
  form: SavedForm | null;
}

/** What is told anew by each table, or remembered apart from a person's words. */
const NOT_WORDS: ReadonlySet<string> = new Set<keyof TablePlan>([
  'file',
  'table',
  'skip',
  // Asked for one delivery: the supplier's next one must not empty cells by itself.
  'blanks',
  'as',
  'headerRow',
  'scheme',
  'classCode',
  'key',
  'mapping',
  'derived',
]);

/** What a person's plan says of encoding and place: all the rest of it. */
function placeWords(plan: Partial<TablePlan>): Partial<TablePlan> {
  return Object.fromEntries(Object.entries(plan).filter(([key]) => !NOT_WORDS.has(key)));
}

export function decidedTable(plan: PlannedTable): DecidedTable {
  const { info } = plan.source;
  const { file, name: table, rows } = info;
  const base = { signature: plan.signature, table, sheet: info.format === 'workbook', rows };
  const as = plan.as.value;
  if (plan.skip || as === null) return { ...base, form: null };
  const mapping = plan.fields.map(({ field, to, change }) => ({ field, to, ...(change === false ? { change } : {}) }));
  const derived = plan.derived.map(({ derivation }) => derivation);
  const said = { ...placeWords(plan.form?.plan ?? {}), ...placeWords(plan.wish ?? {}), datum: appliedDatum(plan.crs) };
  const { classCode, scheme } = plan.wish ?? {};
  const own = classCode === undefined ? [] : [{ table, classCode, scheme: scheme ?? plan.componentClass.scheme }];
  const kept = plan.form?.classes.filter((one) => one.table !== table || own.length === 0) ?? [];
  return {
    ...base,
    form: {
      as,
      plan: { ...said, file, table, mapping, derived },
      used: {
        encoding: plan.read.encoding ?? info.encoding.name,
        crs: plan.crs.placed ? plan.crs.code : null,
        axes: plan.crs.axes,
      },
      found: plan.found,
      classes: [...kept, ...own],
    },
  };
}

/** The parameters that were applied: known components and control points may say something else next time, and positions must not creep. */
function appliedDatum({ datum }: PlannedTable['crs']): TablePlan['datum'] {
  return datum.applied === null ? undefined : (datum.applied.planar ?? datum.applied.shift);
}

/** One form of several tables with the same headings: the fullest one's fields; words they do not share are not remembered. */
function joinForms(tables: DecidedTable[]): SavedForm | null {
  const forms = tables.toSorted((a, b) => b.rows - a.rows).flatMap(({ form }) => (form === null ? [] : [form]));
  const [first, ...others] = forms;
  if (first === undefined) return null;
  const shared = Object.entries(placeWords(first.plan)).filter(([key, value]) =>
    others.every((other) => JSON.stringify(Reflect.get(other.plan, key)) === JSON.stringify(value)),
  );
  const { file, table, mapping, derived } = first.plan;
  const classes = new Map(forms.flatMap((form) => form.classes).map((one) => [one.table, one]));
  const same = (read: (form: SavedForm) => string | null) => others.every((other) => read(other) === read(first));
  const encoding = same((form) => form.used.encoding) ? first.used.encoding : null;
  const place = same((form) => `${form.used.crs} ${form.used.axes}`)
    ? first.used
    : { crs: null, axes: first.used.axes };
  return {
    as: first.as,
    plan: { ...Object.fromEntries(shared), file, table, mapping, derived },
    used: { encoding, crs: place.crs, axes: place.axes },
    found: first.found,
    classes: [...classes.values()],
  };
}

const SKIP = 'skip';
const skipSignature = ({ signature, table, sheet }: Pick<DecidedTable, 'signature' | 'table' | 'sheet'>) =>
  sheet ? `${SKIP}:${signature}:${table}` : `${SKIP}:${signature}`;

/** Remembers what was decided about the tables of a delivery, by their headings. One revision; none when nothing is new. */
export function saveMappings(
  ctx: Pick<LaneContext, 'project' | 'person'>,
  name: string,
  tables: readonly DecidedTable[],
): void {
  const { project, person } = ctx;
  const at = new Date().toISOString();
  const rows = rowsToSave(tables);
  // It belongs to no window: taking back one's last edit there must not mean to forget a form.
  project.revise({ command: 'mapping.save', summary: { count: rows.length }, person, window: null }, (tx) => {
    for (const { signature, kind, mapping } of rows) {
      const held = mappingRow(project.db, signature);
      if (held === null) {
        if (mapping !== NOT_SKIPPED) tx.insert('gewu_mapping', { signature, kind, name, mapping, person, at });
      } else if (held.mapping !== mapping) tx.update('gewu_mapping', held.id, { mapping, name, person, at });
    }
  });
}

const SKIPPED = '{"skip":true}';
const NOT_SKIPPED = '{"skip":false}';

function rowsToSave(tables: readonly DecidedTable[]): { signature: string; kind: string; mapping: string }[] {
  const bySignature = Map.groupBy(tables, (table) => `${table.form?.as ?? SKIP}:${table.signature}`);
  const used = new Set(tables.flatMap((table) => (table.form === null ? [] : [skipSignature(table)])));
  const forms = [...bySignature].flatMap(([signature, group]) => {
    const form = joinForms(group);
    return form === null ? [] : [{ signature, kind: form.as, mapping: writeForm(form) }];
  });
  const left = new Set(tables.flatMap((table) => (table.form === null ? [skipSignature(table)] : [])));
  const skips = [...left].filter((signature) => !used.has(signature));
  return [
    ...forms,
    ...skips.map((signature) => ({ signature, kind: SKIP, mapping: SKIPPED })),
    ...[...used].map((signature) => ({ signature, kind: SKIP, mapping: NOT_SKIPPED })),
  ];
}

/** Whether tables of these headings (for sheets: of this name) were left out last time. */
export function wasSkipped(store: Store, table: Pick<DecidedTable, 'signature' | 'table' | 'sheet'>): boolean {
  return mappingRow(store, skipSignature(table))?.mapping === SKIPPED;
}

/** Share of headings two forms must have in common, of both taken together, for one to serve the other. */
const ALIKE = 0.75;

/** The form saved for these very headings, in any order: of the kind that is said, else of any. */
export function exactForm(store: Store, as: ImportAs | null, headings: readonly string[]): SavedForm | null {
  const signature = headerSignature(headings);
  for (const kind of as === null ? KIND_ORDER : [as]) {
    const row = mappingRow(store, `${kind}:${signature}`);
    const form = row === null ? null : readForm(kind, row.mapping);
    if (form !== null) return form;
  }
  return null;
}

/** The likest form: a column that came, went or changed its name leaves the others' places as they were. */
export function likestForm(store: Store, as: ImportAs | null, headings: readonly string[]): SavedForm | null {
  const keys = new Set(headings.map(headingKey));
  let best: { share: number; form: SavedForm } | null = null;
  for (const kind of as === null ? KIND_ORDER : [as]) {
    for (const text of mappingsOfKind(store, kind)) {
      const form = readForm(kind, text);
      if (form === null) continue;
      const known = new Set(headingsOf(form).map(headingKey));
      const common = [...keys].filter((key) => known.has(key)).length;
      const share = (2 * common) / (keys.size + known.size);
      if (share >= ALIKE && share > (best?.share ?? 0)) best = { share, form };
    }
  }
  return best?.form ?? null;
}
