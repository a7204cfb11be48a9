import { FormatError } from '../format.ts';
import type { DeliveredFile, Doubt, FileGroup, ReadOptions, SourceTable } from '../format.ts';
import { openGrid } from '../grid/open-grid.ts';
import type { Grid } from '../grid/open-grid.ts';
import { guessDelimiter } from './delimiter.ts';
import { BrokenQuotes, csvRecords } from './records.ts';
import type { CsvShape } from './records.ts';
import { decodedText, textEncoding } from '../text-file.ts';

const SAMPLE = 1 << 16;

/** Opens a csv, tsv or txt. @throws FormatError 'empty' | 'mislabelled' | 'not-text' | 'record-too-long' */
export async function openCsv(group: FileGroup, options: ReadOptions = {}): Promise<SourceTable> {
  const [[extension, delivered] = []] = group.files;
  if (!delivered) throw new FormatError('empty', `${group.name} has no file.`, { file: group.name });
  const file = delivered.name.split('/').at(-1) ?? delivered.name;
  const encoding = textEncoding(delivered.bytes, file, options);
  const name = encoding.name ?? 'UTF-8';
  const sample = firstText(delivered, name);
  const delimiter = guessDelimiter(sample, extension === 'tsv' ? '\t' : ',');
  const lineEnd = sample.includes('\r') && !sample.includes('\n') ? '\r' : '\n';
  const build = (quote: CsvShape['quote'], doubts: Doubt[]): Promise<SourceTable> => {
    const grid: Grid = {
      file,
      name: group.name.split('/').at(-1) ?? group.name,
      format: 'csv',
      encoding,
      doubts,
      rows: (given) => csvRecords(decodedText(delivered.bytes, given ?? name), { delimiter, lineEnd, quote }),
      merges: () => [],
    };
    return openGrid(grid, options);
  };
  try {
    return await build('"', []);
  } catch (error) {
    if (!(error instanceof BrokenQuotes)) throw error;
  }
  const message = 'Quotes in this file do not pair up; they were read as plain characters.';
  try {
    return await build(null, [{ code: 'quotes-broken', message }]);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'CSV_MAX_RECORD_SIZE')
      throw new FormatError(
        'record-too-long',
        `${file} has a line of more than 8 MB, so it is no table. Check the file.`,
        {
          file,
        },
      );
    throw error;
  }
}

function firstText(delivered: DeliveredFile, encoding: string): string {
  let text = '';
  for (const piece of decodedText(delivered.bytes, encoding)) {
    text += piece;
    if (text.length >= SAMPLE) break;
  }
  return text.slice(0, SAMPLE);
}
