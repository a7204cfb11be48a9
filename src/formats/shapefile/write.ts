import { resolve } from 'node:path';
import { writeFileSync } from 'node:fs';
import type { WriteEncoding } from '../encoding/encode.ts';
import type { WriteResult, WriteTable } from '../format.ts';
import { DbfWriter } from './dbf-write.ts';
import { ShapeWriter } from './shp-write.ts';

export interface ShapefileWriteOptions {
  encoding: WriteEncoding;
  /** Text of the `.cpg`; null leaves the file out; absent writes 'GBK' or 'UTF-8'. */
  cpg?: string | null;
  /** Language driver id in the dBASE header; absent writes 0x4D for GBK (code page 936) and 0 for UTF-8, which has none. */
  ldid?: number;
}

/**
 * Writes `path` (ending `.shp`) and its sidecars `.shx`, `.dbf`, `.prj` and `.cpg`; a table without geometry gets `.dbf` and
 * `.cpg` only. `.cpg` and LDID can be set freely to write deliveries as other programs do. One pass over the rows, memory
 * independent of their number. Every value that could not be kept whole is in `losses`; row 0 stands for field names.
 */
export function writeShapefile(table: WriteTable, path: string, options: ShapefileWriteOptions): WriteResult {
  const { encoding } = options;
  const base = resolve(path).replace(/\.(shp|dbf)$/i, '');
  const cpg = options.cpg === undefined ? (encoding === 'gbk' ? 'GBK' : 'UTF-8') : options.cpg;
  const dbf = new DbfWriter(`${base}.dbf`, table.fields, encoding, options.ldid ?? (encoding === 'gbk' ? 0x4d : 0));
  const shapes = table.geometry === 'none' ? null : new ShapeWriter(base, table.geometry);
  try {
    for (const row of table.rows) {
      dbf.add(row);
      const fits = shapes ? shapes.add(row.shape) : row.shape === null;
      if (!fits)
        dbf.losses.push({ row: dbf.rows, field: 'geometry', code: 'shape-type', value: row.shape?.type ?? '' });
    }
    dbf.finish();
    shapes?.finish();
  } finally {
    dbf.close();
    shapes?.close();
  }
  const files = [...(shapes?.files ?? []), `${base}.dbf`];
  if (table.crs && shapes) {
    writeFileSync(`${base}.prj`, table.crs.wkt);
    files.push(`${base}.prj`);
  }
  if (cpg !== null) {
    writeFileSync(`${base}.cpg`, cpg);
    files.push(`${base}.cpg`);
  }
  return { files, rows: dbf.rows, losses: dbf.losses };
}
