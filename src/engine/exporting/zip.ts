import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { Zip, ZipDeflate } from 'fflate';

const CHUNK = 1 << 20;

/** Packs files side by side into one zip, a file at a time. */
export function zipFiles(files: readonly string[], target: string): void {
  const out = openSync(target, 'wx');
  try {
    const zip = new Zip((error, part) => {
      if (error !== null) throw error;
      writeSync(out, part);
    });
    for (const file of files) {
      const entry = new ZipDeflate(path.basename(file), { level: 6 });
      zip.add(entry);
      const bytes = readFileSync(file);
      for (let at = 0; at < bytes.length; at += CHUNK) entry.push(bytes.subarray(at, at + CHUNK));
      entry.push(new Uint8Array(0), true);
    }
    zip.end();
  } finally {
    closeSync(out);
  }
}
