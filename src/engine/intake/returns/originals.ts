import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';
import { isPhotoName } from '../../../model/photos.ts';
import { openDelivery } from '../../../formats/index.ts';
import type { SourceTable } from '../../../formats/format.ts';
import type { Store, StoredBatch, StoredTable } from '../../../project/batches/batches.ts';
import { deflatedFile } from '../../../project/batches/files.ts';
import { assertFreeSpace } from '../../../project/media.ts';
import { openFiles } from '../delivery-files.ts';
import { readAgain, readHeadings } from '../survey.ts';
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

/** Kept files inflated into a folder, under numbers for names. Photos are not among them: they lie beside the project as they are. */
export async function layOut(
  job: Pick<OriginalsJob, 'store' | 'breathe'>,
  batch: StoredBatch,
  folder: string,
): Promise<{ name: string; path: string; size: number; sha256: string }[]> {
  const wanted = batch.files.filter(({ name }) => !isPhotoName(name));
  const size = wanted.reduce((sum, file) => sum + file.size, 0);
  assertFreeSpace(path.join(folder, 'x'), size);
  const files: Awaited<ReturnType<typeof layOut>> = [];
  for (const [i, file] of wanted.entries()) {
    await job.breathe();
    const deflated = deflatedFile(job.store, file.sha256);
    if (deflated === null) continue;
    const full = path.join(folder, String(i));
    await pipeline(Readable.from([deflated]), createInflateRaw(), createWriteStream(full));
    files.push({ ...file, path: full });
  }
  return files;
}

/** Tables of one delivery may have the same names: each is given out once, and only where its headings are those of the import. */
async function assign(wanted: readonly StoredTable[], opened: SourceTable[]): Promise<(SourceTable | null)[]> {
  const left = new Set(opened);
  const assigned: (SourceTable | null)[] = [];
  for (const table of wanted) {
    let match: SourceTable | null = null;
    for (const found of left) {
      if (found.info.file !== table.file || found.info.name !== table.table) continue;
      const source = underHeader(found, table);
      if (!(await readsAs(source, table))) continue;
      match = source;
      left.delete(found);
      break;
    }
    assigned.push(match);
  }
  return assigned;
}

/** The header may have been found in another row by what a saved mapping knew, or given by a person. */
function underHeader(source: SourceTable, { headerRow }: StoredTable): SourceTable {
  const same = headerRow === undefined || headerRow === source.info.headerRow;
  return same ? source : (source.reheaded?.(headerRow) ?? source);
}

async function readsAs(source: SourceTable, table: StoredTable): Promise<boolean> {
  const headings = await readHeadings(source, readAgain(table));
  return (
    headings.length === table.mapping.length && headings.every((heading, i) => heading === table.mapping[i]?.field)
  );
}
