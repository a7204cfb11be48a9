import { FormatError } from '../format.ts';
import type { ZipEntry } from '../zip.ts';
import { isDateFormat } from './dates.ts';
import { partEvents } from './xml.ts';

/** Characters of all shared strings together. */
const MOST_SHARED = 96 * 1024 * 1024;
const MOST_SHEETS = 1000;

export interface SheetPart {
  name: string;
  hidden: boolean;
  entry: ZipEntry;
}

/** What a workbook says outside its sheets. */
export interface WorkbookParts {
  sheets: SheetPart[];
  /** Names of sheets that are listed and not there. */
  missing: string[];
  shared: string[];
  /** By cell style index: does it show a date? */
  dateStyles: boolean[];
  date1904: boolean;
}

/** Reads the parts of an xlsx. @throws FormatError 'not-a-workbook' | 'workbook-damaged' | 'xml-doctype' | 'zip-…' */
export function readParts(entries: readonly ZipEntry[], file: string): WorkbookParts {
  const byName = new Map(entries.map((entry) => [entry.name.toLowerCase(), entry]));
  const root = relations(byName.get('_rels/.rels'), '').find(({ type }) => type.endsWith('/officeDocument'));
  const bookName = root?.target ?? 'xl/workbook.xml';
  const book = byName.get(bookName.toLowerCase());
  if (/\.bin$/i.test(bookName) || byName.has('xl/workbook.bin'))
    throw new FormatError(
      'not-a-workbook',
      `${file} is a binary workbook (xlsb), which is not read. Save it as xlsx and try again.`,
      { file },
    );
  if (!book)
    throw new FormatError(
      'not-a-workbook',
      `${file} is an archive but no xlsx workbook. Save it as xlsx and try again.`,
      { file },
    );
  const folder = bookName.includes('/') ? bookName.slice(0, bookName.lastIndexOf('/') + 1) : '';
  const links = relations(byName.get(`${folder}_rels/${bookName.slice(folder.length)}.rels`.toLowerCase()), folder);
  const { listed, date1904 } = readBook(book);
  const part = (kind: string): ZipEntry | undefined =>
    byName.get((links.find(({ type }) => type.endsWith(`/${kind}`))?.target ?? '').toLowerCase());
  const missing: string[] = [];
  const sheets = listed.slice(0, MOST_SHEETS).flatMap(({ name, id, hidden }): SheetPart[] => {
    const link = links.find((candidate) => candidate.id === id);
    // Charts and macros are listed as sheets too.
    if (link && !link.type.endsWith('/worksheet')) return [];
    const entry = link && byName.get(link.target.toLowerCase());
    if (!entry) missing.push(name);
    return entry ? [{ name, hidden, entry }] : [];
  });
  if (sheets.length === 0)
    throw new FormatError(
      'workbook-damaged',
      `${file} is damaged: none of its sheets could be found. Open it in Excel or WPS and save it again.`,
      { file },
    );
  return {
    sheets,
    missing,
    date1904,
    shared: readShared(part('sharedStrings')),
    dateStyles: readStyles(part('styles')),
  };
}

interface Relation {
  id: string;
  type: string;
  target: string;
}

function relations(entry: ZipEntry | undefined, folder: string): Relation[] {
  const found: Relation[] = [];
  if (!entry) return found;
  for (const event of partEvents(entry.pieces(), entry.name)) {
    if (!('open' in event) || event.open !== 'Relationship') continue;
    const { Id: id = '', Type: type = '', Target: target = '' } = event.attributes;
    found.push({ id, type, target: target.startsWith('/') ? target.slice(1) : normalise(folder + target) });
  }
  return found;
}

function normalise(path: string): string {
  const steps: string[] = [];
  for (const step of path.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '.' && step !== '') steps.push(step);
  }
  return steps.join('/');
}

function readBook(book: ZipEntry): { listed: { name: string; id: string; hidden: boolean }[]; date1904: boolean } {
  const listed: { name: string; id: string; hidden: boolean }[] = [];
  let date1904 = false;
  for (const event of partEvents(book.pieces(), book.name)) {
    if (!('open' in event)) continue;
    const { attributes } = event;
    if (event.open === 'workbookPr') date1904 = ['1', 'true'].includes(attributes['date1904'] ?? '');
    if (event.open === 'sheet') {
      const hidden = (attributes['state'] ?? 'visible') !== 'visible';
      listed.push({ name: attributes['name'] ?? `Sheet${listed.length + 1}`, id: attributes['id'] ?? '', hidden });
    }
  }
  return { listed, date1904 };
}

/** Shared strings; of rich text the words, of phonetic guides nothing. */
function readShared(entry: ZipEntry | undefined): string[] {
  const strings: string[] = [];
  if (!entry) return strings;
  let text = '';
  let total = 0;
  let inText = false;
  let phonetic = false;
  for (const event of partEvents(entry.pieces(), entry.name)) {
    if ('text' in event) {
      if (inText && !phonetic) text += event.text;
    } else if ('open' in event) {
      if (event.open === 'si') text = '';
      else if (event.open === 't') inText = true;
      else if (event.open === 'rPh') phonetic = true;
    } else if (event.close === 't') inText = false;
    else if (event.close === 'rPh') phonetic = false;
    else if (event.close === 'si') {
      total += text.length + 8;
      if (total > MOST_SHARED)
        throw new FormatError(
          'workbook-too-large',
          'The workbook holds more text than can be read at once. Deliver it as csv.',
          {},
        );
      strings.push(unescapeText(text));
    }
  }
  return strings;
}

function readStyles(entry: ZipEntry | undefined): boolean[] {
  const styles: boolean[] = [];
  if (!entry) return styles;
  const codes = new Map<number, string>();
  let inCells = false;
  for (const event of partEvents(entry.pieces(), entry.name)) {
    if ('close' in event && event.close === 'cellXfs') inCells = false;
    if (!('open' in event)) continue;
    const id = Number(event.attributes['numFmtId'] ?? '0');
    if (event.open === 'numFmt') codes.set(id, event.attributes['formatCode'] ?? '');
    else if (event.open === 'cellXfs') inCells = true;
    else if (event.open === 'xf' && inCells) styles.push(isDateFormat(id, codes.get(id)));
  }
  return styles;
}

/** Sheets write characters XML cannot hold as _xHHHH_. */
export function unescapeText(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
