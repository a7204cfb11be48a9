import type { Doubt, SourceRow, SourceTable, TableInfo } from '../../../formats/format.ts';
import { COVER_MARK, LIST_FIELDS, SHEET_WORDS } from './words.ts';

/** Headings of the two columns a return sheet puts before the supplier's own, in any language. */
const OWN_COLUMNS = [SHEET_WORDS.rowHead, SHEET_WORDS.reasonHead];

/**
 * A return sheet handed in again, corrected: its cover and its list are no tables of the delivery, and the two columns put before the
 * supplier's own are no fields of it. What is left reads as the supplier's own file did, so the mapping saved for that one serves.
 */
export function withoutReturnParts<T extends SourceTable>(tables: readonly T[]): { tables: T[]; doubts: Doubt[] } {
  const parts = tables.filter(({ info }) => isCover(info) || isList(info));
  if (parts.length === 0) return { tables: [...tables], doubts: [] };
  const names = parts.map(({ info }) => info.name);
  const doubt: Doubt = {
    code: 'return-parts',
    message: `This is a return sheet of Gewu's: ${names.join(', ')} and the columns of row and reason were not read as data.`,
    data: { names, file: parts[0]?.info.file ?? '' },
  };
  return { tables: tables.filter((table) => !parts.includes(table)).map(withoutOwnColumns), doubts: [doubt] };
}

const isCover = ({ format, fields, doubts }: TableInfo): boolean =>
  format === 'workbook' &&
  (fields.some(({ name }) => name.includes(COVER_MARK)) ||
    doubts.some(({ data }) => JSON.stringify(data?.['titles'] ?? '').includes(COVER_MARK)));

const isList = ({ format, fields }: TableInfo): boolean =>
  format === 'workbook' && LIST_FIELDS.every((title, i) => fields[i]?.name === title);

function ownColumns({ format, fields }: TableInfo): string[] {
  if (format !== 'workbook') return [];
  const names = fields.slice(0, OWN_COLUMNS.length).map(({ name }) => name);
  const own = names.every((name, i) => OWN_COLUMNS[i]?.some((word) => word === name) === true);
  return own && names.length === OWN_COLUMNS.length ? names : [];
}

function withoutOwnColumns<T extends SourceTable>(table: T): T {
  const own = ownColumns(table.info);
  if (own.length === 0) return table;
  const fields = table.info.fields.slice(own.length);
  return {
    ...table,
    info: { ...table.info, fields },
    async *blocks(options) {
      for await (const block of table.blocks(options)) yield block.map((row) => lighter(row, own));
    },
  };
}

function lighter(row: SourceRow, own: readonly string[]): SourceRow {
  const values = Object.fromEntries(Object.entries(row.values).filter(([field]) => !own.includes(field)));
  const faults = row.faults?.filter(({ field }) => field === null || !own.includes(field));
  return { ...row, values, ...(faults === undefined ? {} : { faults }) };
}
