import { openCsv } from '../csv/open.ts';
import { encodingByLabel, textDecoder } from '../encoding/index.ts';
import type { EncodingClaim } from '../encoding/index.ts';
import { FormatError } from '../format.ts';
import type { ByteSource, FileGroup, ReadOptions, SourceTable } from '../format.ts';
import { openGrid } from '../grid/open-grid.ts';
import type { Merge } from '../grid/rows.ts';
import { decodedText, textEncoding } from '../text-file.ts';
import { xmlEvents } from '../xml.ts';
import type { XmlEvent } from '../xml.ts';
import { htmlRows } from './html-rows.ts';
import { readAs, sheetDoubts, toAsync } from './sheets.ts';
import { xmlRows, xmlSheets } from './xml-rows.ts';

const HEAD = 8192;
const LONGEST_PIECE = 32 * 1024 * 1024;
/** A document is gone through once for every sheet: so many characters are read at most. */
const MOST_READING = 512 * 1024 * 1024;

/** What a file without the bytes of a workbook is: pages and tables of text are often called xls. */
export function kindOfText(bytes: ByteSource): 'html' | 'xml' | 'text' | null {
  const head = headText(bytes);
  if (/<(?:\w+:)?Workbook[\s>]|<\?mso-application/i.test(head)) return 'xml';
  if (/^\s*</.test(head) && /<(?:html|head|body|table|meta|div|style|!doctype html)[\s>]/i.test(head)) return 'html';
  // Text that nothing divides is no table.
  return /^\s*</.test(head) || !/[\t,;|]/.test(head) ? null : 'text';
}

/** The beginning of a file as far as ASCII goes; '' where it is no text. */
function headText(bytes: ByteSource): string {
  const head = bytes.slice(0, HEAD);
  const wide = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  if (wide) return textDecoder(head[0] === 0xff ? 'utf-16le' : 'utf-16be').decode(head.subarray(2, head.length & ~1));
  if (head.includes(0)) return '';
  return textDecoder('windows-1252').decode(head).replace(/^ï»¿/, '');
}

function claims(bytes: ByteSource): EncodingClaim[] {
  const head = headText(bytes);
  const label = /(?:charset|encoding)\s?=\s?["']?([\w.:-]{2,40})/i.exec(head)?.[1];
  return label === undefined ? [] : [{ code: 'markup-claims', label, name: encodingByLabel(label) }];
}

/** Opens a page of HTML tables. @throws FormatError 'mislabelled' | 'not-text' | 'table-too-large' */
export async function openHtml(
  bytes: ByteSource,
  file: string,
  name: string,
  options: ReadOptions,
): Promise<SourceTable[]> {
  const encoding = textEncoding(bytes, file, options, claims(bytes));
  const merges: Merge[] = [];
  const table = await openGrid(
    {
      file,
      name,
      format: 'workbook',
      encoding,
      doubts: [readAs(file, 'HTML')],
      rows: (given) => toAsync(htmlRows(decodedText(bytes, given ?? encoding.name ?? 'UTF-8'), merges)),
      merges: () => merges,
    },
    options,
  );
  if (table.info.fields.length === 0)
    throw new FormatError(
      'mislabelled',
      `${file} is a page without a table, whatever its name says. Save it as xlsx.`,
      {
        file,
      },
    );
  return [table];
}

/** Opens an XML spreadsheet of Excel 2003. @throws FormatError 'not-a-workbook' | 'workbook-damaged' | 'xml-doctype' */
export async function openXmlSpreadsheet(
  bytes: ByteSource,
  file: string,
  options: ReadOptions,
): Promise<SourceTable[]> {
  const encoding = textEncoding(bytes, file, options, claims(bytes));
  const events = (given?: string): Generator<XmlEvent> =>
    xmlEvents(decodedText(bytes, given ?? encoding.name ?? 'UTF-8'), rules(file));
  const sheets = xmlSheets(events());
  if (!sheets || sheets.length === 0)
    throw new FormatError('not-a-workbook', `${file} is XML but no workbook. Save it as xlsx and try again.`, { file });
  if (sheets.length > 1 && sheets.length * bytes.size > MOST_READING)
    throw new FormatError('workbook-too-large', `${file} is too large an XML workbook. Save it as xlsx.`, { file });
  const tables: SourceTable[] = [];
  for (const sheet of sheets) {
    const merges: Merge[] = [];
    tables.push(
      await openGrid(
        {
          file,
          name: sheet.name,
          format: 'workbook',
          encoding,
          doubts: [readAs(file, 'XML (Excel 2003)'), ...sheetDoubts(sheet, file)],
          rows: (given) => toAsync(xmlRows(events(given), sheet.index, merges)),
          merges: () => merges,
        },
        options,
      ),
    );
  }
  return tables;
}

const rules = (file: string): Parameters<typeof xmlEvents>[1] => {
  const damaged = (why: string): FormatError =>
    new FormatError('workbook-damaged', `${file} is damaged (${why}). Open it in Excel or WPS and save it as xlsx.`, {
      file,
    });
  return {
    doctype: () =>
      new FormatError('xml-doctype', `${file} declares a document type; such a file is not opened. Save it as xlsx.`, {
        file,
      }),
    fault: (why) => {
      throw damaged(why);
    },
    longest: LONGEST_PIECE,
    endless: () => damaged('one piece of text has no end'),
    deep: () => damaged('it nests too deep'),
  };
};

/** Opens delimited text that is called a workbook. Throws as csv does. */
export async function openText(bytes: ByteSource, group: FileGroup, options: ReadOptions): Promise<SourceTable[]> {
  const [delivered] = group.files.values();
  const name = delivered?.name ?? group.name;
  const table = await openCsv({ name: group.name, files: new Map([['tsv', { name, bytes }]]) }, options);
  table.info.doubts.unshift(readAs(table.info.file, 'csv'));
  return [table];
}
