import { closeSync, openSync, readSync, statSync } from 'node:fs';

/** The first 100 bytes of an SQLite file (sqlite.org/fileformat2, 1.3). */
export interface FileHeader {
  size: number;
  sqlite: boolean;
  /** 0 bytes long, or shorter than a header. */
  short: boolean;
  pageSize: number;
  wal: boolean;
  changeCounter: number;
  pages: number;
  userVersion: number;
  applicationId: number;
}

const MAGIC = 'SQLite format 3\u0000';
const HEADER_BYTES = 100;

/**
 * Reads the header with the file system. Never call it while this process has the file open through SQLite: on POSIX systems, closing any
 * descriptor of a file drops the locks SQLite holds on it.
 */
export function readHeader(path: string): FileHeader {
  const bytes = Buffer.alloc(HEADER_BYTES);
  const file = openSync(path, 'r');
  let read = 0;
  try {
    read = readSync(file, bytes, 0, HEADER_BYTES, 0);
  } finally {
    closeSync(file);
  }
  const stored = bytes.readUInt16BE(16);
  return {
    size: statSync(path).size,
    sqlite: bytes.toString('latin1', 0, MAGIC.length) === MAGIC,
    short: read < HEADER_BYTES,
    pageSize: stored === 1 ? 65_536 : stored,
    wal: bytes[18] === 2,
    changeCounter: bytes.readUInt32BE(24),
    pages: bytes.readUInt32BE(28),
    userVersion: bytes.readUInt32BE(60),
    applicationId: bytes.readUInt32BE(68),
  };
}
