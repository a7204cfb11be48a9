import type { StoredBatch, StoredTable, Store } from '../../../project/batches/batches.ts';
import { rowsToReturn } from '../../../project/batches/rows-out.ts';
import type { StoredRow } from '../../../project/batches/rows.ts';
import { kindOf, type Kind } from '../kinds.ts';
import type { ImportAs } from '../../../api/delivery.ts';

/** One thing wrong with a row, or with one cell of it. */
export interface Problem {
  /** Delivered fields it is about; none where it is about the row or its shape. */
  fields: string[];
  /** About the shape or the coordinates. */
  place: boolean;
  code: string;
  data: Record<string, unknown>;
}

/** A delivered row that goes back, with everything wrong with it. `tableNo` −1: a row that was not delivered. */
export interface ReturnedRow {
  tableNo: number;
  row: number;
  code: string | null;
  problems: Problem[];
  /** As it was staged; null for one that could enter no pile. */
  staged: StoredRow | null;
}

/** Every row that goes back, in the order of tables and rows as staged: first those that could enter no pile. */
export function* returnedRows(store: Store, batch: StoredBatch): Generator<ReturnedRow> {
  const kind = kindOf(batch.kind as ImportAs);
  for (const { row, file, table, field, code, tableNo } of batch.rejected) {
    const at = tableNo ?? batch.tables.findIndex((one) => one.file === file && one.table === table);
    const own = batch.tables[at];
    const fields = field === null ? fieldsAtFault(code, own, kind) : [field];
    const problem = { fields, place: code === 'no-code-no-place' || code === 'no-geometry', code, data: {} };
    yield { tableNo: at, row, code: null, problems: [problem], staged: null };
  }
  for (const staged of rowsToReturn(store, batch.id)) {
    const problems = problemsOf(staged, batch.tables[staged.tableNo], kind);
    yield { tableNo: staged.tableNo, row: staged.sourceRow, code: staged.key, problems, staged };
  }
}

function problemsOf(staged: StoredRow, table: StoredTable | undefined, kind: Kind): Problem[] {
  const problems: Problem[] = [];
  if (staged.pile === 'gone') return [{ fields: [], place: false, code: 'still-there', data: {} }];
  if (staged.decision === 'reject') problems.push({ fields: [], place: false, code: 'rejected', data: {} });
  if (staged.pile === 'unclear' && staged.decision !== 'accept') {
    const { code, data } = staged.reason ?? { code: 'unclear', data: {} };
    problems.push({ fields: fieldsAtFault(code, table, kind), place: code.startsWith('near-'), code, data });
  }
  for (const { field, code, column } of staged.faults)
    problems.push({ fields: field === null ? [] : [field], place: column === 'geom', code, data: {} });
  for (const [column, decision] of Object.entries(staged.cellDecisions)) {
    if (decision !== 'reject') continue;
    const fields = filling(table, column);
    problems.push({ fields, place: column === 'geom', code: 'cell-rejected', data: {} });
  }
  return problems;
}

/** The delivered fields a reason is about: the one that identifies the row, where its identity is what is wrong. */
function fieldsAtFault(code: string, table: StoredTable | undefined, kind: Kind): string[] {
  return /^(no-code|no-name|code-|near-)/u.test(code) ? filling(table, kind.key) : [];
}

function filling(table: StoredTable | undefined, column: string): string[] {
  const whole = (table?.mapping ?? []).filter(({ to }) => to === column).map(({ field }) => field);
  const parts = (table?.derived ?? []).flatMap((one) => (one.to === column && 'from' in one ? one.from : []));
  return [...whole, ...parts];
}

/** What was delivered in a field, as far as the staged row still knows: the text where it could not be taken, else the value taken. */
export function stagedValue({ extra, now }: StoredRow, field: string, to: string | null): string | null {
  const kept = extra[field];
  if (kept !== undefined) return kept;
  const value = to === null ? null : (now[to] ?? now[`#${to}`] ?? null);
  return value === null ? null : String(value);
}
