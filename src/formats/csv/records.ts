import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import type { Info } from 'csv-parse';
import { cleanText } from '../field-names.ts';
import type { GridRow } from '../grid/rows.ts';

/** Characters of one record held at most; a stray quote would otherwise swallow the file. */
const LONGEST_RECORD = 8 * 1024 * 1024;
const MOST_COLUMNS = 16_384;

export interface CsvShape {
  delimiter: string;
  /** '"', or null where quotes do not pair up and are plain characters. */
  quote: '"' | null;
  /** Old Mac files end lines with a carriage return alone. */
  lineEnd: '\n' | '\r';
}

/** Quotes that do not pair up: the caller reads again without taking them for quotes. */
export class BrokenQuotes extends Error {}

interface Parsed {
  record: string[];
  info: Info;
}

/** Reads records from decoded text. @throws BrokenQuotes */
export async function* csvRecords(
  text: Iterable<string>,
  { delimiter, quote, lineEnd }: CsvShape,
): AsyncGenerator<GridRow> {
  const parser = parse({
    delimiter,
    quote: quote ?? false,
    record_delimiter: lineEnd === '\r' ? ['\r'] : ['\r\n', '\n'],
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_RECORD,
  });
  // Errors reach the loop below through the parser; leaving the loop early is no error.
  pipeline(Readable.from(text), parser, () => undefined);
  // Within quotes the parser counts CR and LF as two lines; editors, and people, as one.
  let counted = 0;
  try {
    for await (const { record, info } of parser as AsyncIterable<Parsed>) {
      for (const cell of record) counted += cell.includes('\r') ? (cell.match(/\r\n/g)?.length ?? 0) : 0;
      yield toRow(record, info.lines - counted);
    }
  } catch (error) {
    if (error instanceof CsvError && quote !== null) throw new BrokenQuotes(error.message);
    throw error;
  }
}

function toRow(record: string[], lastLine: number): GridRow {
  const faults: NonNullable<GridRow['faults']> = [];
  let inner = 0;
  const cells = record.slice(0, MOST_COLUMNS).map((cell, column) => {
    if (cell === '') return null;
    inner += lineEnds(cell);
    const clean = cleanText(cell);
    if (clean.control)
      faults.push({
        column,
        code: 'control-characters',
        message: 'The cell holds control characters; NUL shows as \\x00.',
      });
    if (cell.includes('\ufffd'))
      faults.push({
        column,
        code: 'undecodable',
        message: 'Some bytes are not text in this encoding; they show as U+FFFD.',
      });
    return clean.text.trim() === '' ? null : clean.text;
  });
  const row: GridRow = { row: lastLine - inner, cells };
  if (faults.length > 0) row.faults = faults;
  return row;
}

const lineEnds = (text: string): number => text.match(/\r\n|\n|\r/g)?.length ?? 0;
