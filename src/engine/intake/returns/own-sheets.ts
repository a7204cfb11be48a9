import type { SheetCell, SheetToWrite } from '../../../formats/index.ts';
import type { StoredBatch } from '../../../project/batches/batches.ts';
import { stagedValue, type ReturnedRow } from './problems.ts';
import type { TableToReturn } from './table-sheet.ts';
import { localTime } from '../local-time.ts';
import { COVER_MARK, LIST_FIELDS, reasonWords, sheetWords, STATE_WORDS, type ReturnLanguage } from './words.ts';

/** What the cover says besides the tables. */
export interface CoverFacts {
  batch: StoredBatch;
  tables: TableToReturn[];
  /** Rows that go back, over all tables. */
  rows: number;
  /** By reason, the most frequent first. */
  reasons: [code: string, count: number][];
  /** Who writes the sheet, and when (ISO 8601). */
  person: string;
  now: string;
}

/** First sheet: which delivery, how much of it goes back and why, and how to read and use the workbook. */
export function coverSheet(facts: CoverFacts, language: ReturnLanguage): SheetToWrite {
  const { batch, tables } = facts;
  const line = (text: string, ...rest: string[]): SheetCell[] => [
    { text, look: 'faint' },
    ...rest.map((value): SheetCell => ({ text: value })),
  ];
  const state = STATE_WORDS[batch.state];
  const more = batch.rejectedTotal - batch.rejected.length;
  const rows: SheetCell[][] = [
    line(sheetWords('delivery', language), batch.name),
    line(sheetWords('state', language), state === undefined ? batch.state : language === 'zh' ? state[0] : state[1]),
    line(sheetWords('received', language), `${localTime(batch.at)}  ${batch.person}`),
    line(sheetWords('written', language), `${localTime(facts.now)}  ${facts.person}`),
    line(sheetWords('rows', language), String(batch.rows)),
    line(sheetWords('returned', language), String(facts.rows)),
    [],
    [head(sheetWords('table', language)), head(sheetWords('files', language)), head(sheetWords('returned', language))],
    ...tables.map(({ name, stored, rows: own }) => cells(name, stored.file, String(own.length))),
    [],
    [head(sheetWords('reasons', language)), head(''), head('')],
    ...facts.reasons.map(([code, count]) =>
      cells(sheetWords('byReason', language, { count }), plainReason(code, language)),
    ),
    ...(more > 0 ? [cells(sheetWords('moreRejected', language, { count: more }))] : []),
    [],
    [head(sheetWords('legend', language)), head(''), head('')],
    ...(['legendSheets', 'legendCells', 'legendBack', 'moreNotes'] as const).map((key) => [
      { text: sheetWords(key, language), look: 'faint' } as const,
    ]),
    ...tables
      .filter(({ source }) => source === null)
      .map(({ name }) => [{ text: sheetWords('noOriginal', language, { table: name }), look: 'faint' } as const]),
  ];
  return {
    name: sheetWords('cover', language),
    widths: [26, 48, 16],
    head: [[{ text: COVER_MARK, look: 'title' }]],
    rows,
  };
}

const head = (text: string): SheetCell => ({ text, look: 'head' });
const cells = (...texts: string[]): SheetCell[] => texts.map((text) => ({ text }));

/** The words of a reason without the numbers of one row. */
function plainReason(code: string, language: ReturnLanguage): string {
  return reasonWords(code, { code: '…', distance: '…', count: '…', moved: '…', limit: '…' }, language);
}

/** Last sheet, for programs: one line a reason, columns of the same names whatever was delivered. */
export function listSheet(batch: StoredBatch, rows: readonly ReturnedRow[], language: ReturnLanguage): SheetToWrite {
  return {
    name: sheetWords('list', language),
    widths: [24, 24, 10, 24, 20, 28, 44, 22],
    head: [LIST_FIELDS.map(head)],
    filterRow: 0,
    rows: listLines(batch, rows, language),
  };
}

function* listLines(
  batch: StoredBatch,
  rows: readonly ReturnedRow[],
  language: ReturnLanguage,
): Generator<SheetCell[]> {
  for (const { tableNo, row, code, problems, staged } of rows) {
    const table = batch.tables[tableNo];
    const to = new Map(table?.mapping.map((entry) => [entry.field, entry.to]));
    for (const problem of problems) {
      const fields = problem.fields.length === 0 ? [null] : problem.fields;
      for (const field of fields) {
        const value = field === null || staged === null ? null : stagedValue(staged, field, to.get(field) ?? null);
        yield [
          table?.file ?? null,
          table?.table ?? null,
          row > 0 ? String(row) : null,
          code,
          field,
          value,
          reasonWords(problem.code, problem.data, language),
          problem.code,
        ].map((text) => ({ text }));
      }
    }
  }
}
