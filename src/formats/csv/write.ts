import { resolve } from 'node:path';
import { coordinateColumns } from '../coordinate-columns.ts';
import { plainDecimal } from '../decimal.ts';
import { encodeAll } from '../encoding/encode.ts';
import { FileWriter } from '../file-writer.ts';
import type { WriteOptions, WriteResult, WriteTable } from '../format.ts';

const quoted = (text: string): string => (/[",\r\n]|^[\s]|[\s]$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/**
 * Writes comma-separated values as RFC 4180 has them: CRLF, quotes where needed, a header of titles. UTF-8 with a byte order
 * mark, so that spreadsheet programs know it; GBK without one. Data are never altered: a value that begins with '=', '+',
 * '-' or '@' is written as it is (see docs/formats/csv.md). Points get two coordinate columns, other shapes a WKT column.
 */
export function writeCsv(table: WriteTable, path: string, options: WriteOptions = {}): WriteResult {
  const encoding = options.encoding ?? 'utf-8';
  const extra = coordinateColumns(table);
  const losses: WriteResult['losses'] = [];
  const file = new FileWriter(resolve(path));
  let rows = 0;
  const line = (cells: { field: string; text: string }[]): void => {
    // A lone empty cell would be an empty line, which readers pass over.
    const first = cells.length === 1 ? cells[0] : undefined;
    const text = first?.text === '' ? '""' : cells.map((cell) => quoted(cell.text)).join(',');
    const encoded = encodeAll(`${text}\r\n`, encoding);
    file.write(encoded.bytes);
    if (!encoded.unknown) return;
    for (const { field, text: value } of cells)
      if (encodeAll(value, encoding).unknown) losses.push({ row: rows, field, code: 'not-in-encoding', value });
  };
  try {
    if (encoding === 'utf-8') file.write(Uint8Array.of(0xef, 0xbb, 0xbf));
    line([
      ...table.fields.map(({ name, title }) => ({ field: name, text: title })),
      ...extra.map(({ title }) => ({ field: title, text: title })),
    ]);
    for (const row of table.rows) {
      rows++;
      line([
        ...table.fields.map(({ name }) => ({ field: name, text: cellText(row.values[name] ?? null) })),
        ...extra.map(({ title, value }) => ({ field: title, text: value(row.shape) ?? '' })),
      ]);
    }
  } finally {
    file.close();
  }
  return { files: [file.path], rows, losses };
}

function cellText(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  return Number.isFinite(value) ? plainDecimal(value) : '';
}
