import type { Doubt } from '../format.ts';
import type { Header } from './header.ts';
import type { GridRow } from './rows.ts';

/** Rows of a sheet that are no data: the header printed again on each page, sums, and notes at the foot. */
export type SideRow = 'repeat' | 'total' | 'foot';

const TOTAL =
  /^(?:本页|本表|本册|全表|页)?(?:合计|小计|总计|共计|累计|总数)(?:数|数量)?[:：]?\d*[个处座根条]?$|^(?:sub|grand)?total:?$/iu;
const FOOT =
  /^(?:注|说明|备注|填表说明|填表人|填报人|填表单位|填报单位|制表人?|制表单位|编制人?|审核人?|复核人?|校核|负责人|单位负责人|联系人|联系电话|盖章|单位（?盖章）?|日期|填表日期)\s*[:：]/u;
/** A row with a code of something is about that thing, whatever else it says. */
const CODE = /\d{9,}/u;
/** Cells of the rows kept to be judged. */
const NOTED_CELLS = 1_000_000;
/** A longer text is neither a heading nor the word for a sum. */
const LONGEST = 120;

interface Filled {
  column: number;
  text: string;
}

const filledOf = (row: GridRow): Filled[] =>
  row.cells.flatMap((cell, column) => (cell === null || cell.trim() === '' ? [] : [{ column, text: cell.trim() }]));

const keyOf = (row: GridRow): string =>
  filledOf(row)
    .map(({ column, text }) => `${column}=${text}`)
    .join('\n');

/** Notes, while a grid is gone through, the few rows that may be none of data; which of them are is told once the header is known. */
export interface Suspects {
  note(row: GridRow): void;
  /** What each of them is, by its row number, under a header whose rows are given. */
  judge(header: Header, headerRows: readonly GridRow[], width: number): Map<number, SideRow>;
}

const HEADERS_LOOKED_FOR = 15;

export function createSuspects(): Suspects {
  const early = new Set<string>();
  const earlyFirst = new Set<string>();
  const rows: GridRow[] = [];
  let [seen, cells] = [0, 0];
  return {
    note(row) {
      seen++;
      const column = row.cells.findIndex((cell) => cell !== null && cell.trim() !== '');
      const text = (row.cells[column] ?? '').trim();
      if (column < 0 || text.length > LONGEST || cells > NOTED_CELLS) return;
      const again = earlyFirst.has(text) && early.has(keyOf(row));
      if (seen <= HEADERS_LOOKED_FOR) {
        early.add(keyOf(row));
        earlyFirst.add(text);
      }
      if (!again && !TOTAL.test(text.replaceAll(/\s/gu, '')) && !FOOT.test(text)) return;
      rows.push(row);
      cells += row.cells.length;
    },
    judge(header, headerRows, width) {
      const heads = new Set(headerRows.map(keyOf));
      const kinds = new Map<number, SideRow>();
      for (const row of rows) {
        const kind = row.row - 1 <= header.last ? null : kindOf(row, heads, width);
        if (kind !== null) kinds.set(row.row, kind);
      }
      return kinds;
    },
  };
}

function kindOf(row: GridRow, heads: ReadonlySet<string>, width: number): SideRow | null {
  const filled = filledOf(row);
  const [first] = filled;
  if (first === undefined) return null;
  if (filled.length > 1 && heads.has(keyOf(row))) return 'repeat';
  if (filled.some(({ text }) => CODE.test(text.replaceAll(/[\s,]/gu, '')))) return null;
  if (first.column < 3 && width > 1 && TOTAL.test(first.text.replaceAll(/\s/gu, ''))) return 'total';
  return width > 2 && filled.length * 2 <= width && FOOT.test(first.text) ? 'foot' : null;
}

const WORDS: Record<SideRow, { code: string; what: string }> = {
  repeat: { code: 'repeated-header', what: 'repeat the header and were passed over' },
  total: { code: 'total-rows', what: 'hold sums and were not taken for data' },
  foot: { code: 'foot-rows', what: 'hold notes and were not taken for data' },
};
const NAMED = 10;

/** One doubt a kind, naming the first rows. */
export function sideRowDoubts(kinds: ReadonlyMap<number, SideRow>): Doubt[] {
  const byKind = Map.groupBy(kinds, ([, kind]) => kind);
  return [...byKind].map(([kind, found]) => {
    const rows = found.map(([row]) => row);
    const list = rows.slice(0, NAMED).join(', ') + (rows.length > NAMED ? ', …' : '');
    const { code, what } = WORDS[kind];
    return { code, message: `${rows.length} rows ${what}: ${list}.`, data: { count: rows.length, rows: list } };
  });
}

const BRACKETED = /^[（([【].*[）)\]】]$/u;
const UNIT_OR_TYPE =
  /^(?:米|厘米|毫米|公里|平方米|度|个|座|套|元|m|cm|mm|km|m2|m²|㎡|°|文本|文字|字符|字符型|字符串|数字|数值|数值型|整数|小数|日期|日期型|必填|选填|可选|可空|非空|text|string|char|varchar2?|number|int|integer|double|float|date|[CND])(?:[（(]\d+(?:[,，.]\d+)?[）)])?$/iu;
const NOTE = /^[（(【]?\s*(?:单位|计量单位|注|说明|填表说明|填写说明|要求|示例|例|格式)\s*[:：]/u;
const MOST_NOTES = 3;

/** How many rows right below the header explain it: units, types, column numbers. They belong to the header. */
export function notesBelow(rows: readonly GridRow[], header: Header): number {
  const columns = header.names.filter((name) => name !== '').length;
  let count = 0;
  while (count < MOST_NOTES) {
    const at = rows.findIndex((row) => row.row - 1 > header.last + count);
    const row = rows[at];
    if (row === undefined || rows[at + 1] === undefined || row.row - 1 !== header.last + count + 1) break;
    if (!explains(row, columns) && !isNumbering(row, columns, rows[at + 1])) break;
    count++;
  }
  return count;
}

function explains(row: GridRow, columns: number): boolean {
  const filled = filledOf(row);
  if (columns < 3 || filled.length === 0) return false;
  if (filled.length === 1)
    return NOTE.test(filled[0]?.text ?? '') || (columns > 3 && BRACKETED.test(filled[0]?.text ?? ''));
  return filled.every(({ text }) => BRACKETED.test(text) || UNIT_OR_TYPE.test(text));
}

/** 1 2 3 …, (1) (2) …, ① ② …, A B C …, or 甲 乙 1 2 …: the numbers of the columns, not a row of numbers. */
function isNumbering(row: GridRow, columns: number, next: GridRow | undefined): boolean {
  const filled = filledOf(row).map(({ text }) => text.normalize('NFKC').replaceAll(/[()[\]（）\s]/gu, ''));
  if (filled.length < 4 || filled.length * 10 < columns * 8) return false;
  const rest = filled.slice(filled.findIndex((text) => !/^[甲乙丙丁戊]$/u.test(text)));
  const numbers = rest.every((text, i) => text === String(i + 1));
  const letters = filled.every((text, i) => text.toUpperCase() === String.fromCharCode(65 + i));
  if (!numbers && !letters) return false;
  return letters || (next !== undefined && filledOf(next).some(({ text }) => !/^[\d.]+$/u.test(text)));
}
