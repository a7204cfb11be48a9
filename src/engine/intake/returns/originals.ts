import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';
import { openDelivery } from '../../../formats/index.ts';
import type { SourceTable } from '../../../formats/format.ts';
import type { Store, StoredBatch, StoredTable } from '../../../project/batches/batches.ts';
import { deflatedFile } from '../../../project/batches/files.ts';
import { assertFreeSpace } from '../../../project/media.ts';
import { openFiles } from '../delivery-files.ts';
import { readHeadings } from '../survey.ts';
import { withoutReturnParts } from './returned.ts';

/** What opening the delivered files again needs. */
export interface OriginalsJob {
  store: Store;
  /** Folder for the files while they are read. */
  temp: string;
  formats: Parameters<typeof openDelivery>[1];
  breathe: () => Promise<void>;
}

export interface Originals {
  /** By place in the batch: the table as delivered, null where its file was not kept or reads otherwise today. */
  tables: (SourceTable | null)[];
  close(): void;
}

/** Opens the delivered tables of a batch once more, from the bytes the project keeps. */
export async function openOriginals(job: OriginalsJob, batch: StoredBatch): Promise<Originals> {
  const folder = mkdtempSync(path.join(job.temp, 'originals-'));
  try {
    const files = await layOut(job, batch, folder);
    const opened = openFiles(files);
    const close = () => {
      opened.close();
      rmSync(folder, { recursive: true, force: true });
    };
    try {
      const delivery = await openDelivery(opened.files, job.formats);
      return { tables: await assign(batch.tables, withoutReturnParts(delivery.tables).tables), close };
    } catch (error) {
      close();
      throw error;
    }
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Kept files inflated into a folder, under numbers for names. */
async function layOut(
  job: OriginalsJob,
  batch: StoredBatch,
  folder: string,
): Promise<{ name: string; path: string }[]> {
  const size = batch.files.reduce((sum, file) => sum + file.size, 0);
  assertFreeSpace(path.join(folder, 'x'), size);
  const files: { name: string; path: string }[] = [];
  for (const [i, { name, sha256 }] of batch.files.entries()) {
    await job.breathe();
    const deflated = deflatedFile(job.store, sha256);
    if (deflated === null) continue;
    const full = path.join(folder, String(i));
    await pipeline(Readable.from([deflated]), createInflateRaw(), createWriteStream(full));
    files.push({ name, path: full });
  }
  return files;
}

/** Tables of one delivery may have the same names: each is given out once, and only where its headings are those of the import. */
async function assign(wanted: readonly StoredTable[], found: SourceTable[]): Promise<(SourceTable | null)[]> {
  const left = new Set(found);
  const assigned: (SourceTable | null)[] = [];
  for (const table of wanted) {
    let match: SourceTable | null = null;
    for (const source of left) {
      if (source.info.file !== table.file || source.info.name !== table.table) continue;
      if (!(await readsAs(source, table))) continue;
      match = source;
      left.delete(source);
      break;
    }
    assigned.push(match);
  }
  return assigned;
}

async function readsAs(source: SourceTable, table: StoredTable): Promise<boolean> {
  const headings = await readHeadings(source, table.encoding);
  return (
    headings.length === table.mapping.length && headings.every((heading, i) => heading === table.mapping[i]?.field)
  );
}
