import iconv from 'iconv-lite';

/** A column of a hand-made dBASE table; a name given as text is written in GBK. */
export interface RawColumn {
  name: string | Uint8Array;
  type: string;
  width: number;
  decimals?: number;
}

/** A dBASE table from raw cells, so that any bytes can be put into it; cells given as text are written in GBK. */
export function rawDbf(
  columns: RawColumn[],
  rows: (string | Uint8Array)[][],
  { ldid = 0, deleted = [] as number[], claimed = rows.length } = {},
): Buffer {
  const stride = columns.reduce((sum, { width }) => sum + width, 1);
  const head = Buffer.alloc(33 + 32 * columns.length);
  head[0] = 3;
  head.writeUInt32LE(claimed, 4);
  head.writeUInt16LE(head.length, 8);
  head.writeUInt16LE(stride, 10);
  head[29] = ldid;
  columns.forEach(({ name, type, width, decimals = 0 }, i) => {
    head.set(typeof name === 'string' ? iconv.encode(name, 'gbk') : name, 32 + 32 * i);
    head.write(type, 43 + 32 * i);
    head[48 + 32 * i] = width;
    head[49 + 32 * i] = decimals;
  });
  head[head.length - 1] = 0x0d;
  const body = rows.map((cells, r) => {
    const record = Buffer.alloc(stride, 0x20);
    if (deleted.includes(r)) record[0] = 0x2a;
    let at = 1;
    cells.forEach((cell, i) => {
      record.set(typeof cell === 'string' ? iconv.encode(cell, 'gbk') : cell, at);
      at += columns[i]?.width ?? 0;
    });
    return record;
  });
  return Buffer.concat([head, ...body, Buffer.from([0x1a])]);
}
