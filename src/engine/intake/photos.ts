import type { DeliveredFile, Doubt } from '../../formats/format.ts';
import { indexPhotos, isPhotoName, photoNames, type PhotoIndex } from '../../model/photos.ts';
import type { Store } from '../../project/batches/batches.ts';
import { assertFreeSpace } from '../../project/media.ts';
import { copyPhoto, knownPhoto, notePhotos, type CopiedPhoto } from '../../project/photos.ts';
import type { Transformed } from './transform.ts';

/** Photos of a delivery, and what its rows say of them. */
export interface DeliveredPhotos {
  files: DeliveredFile[];
  index: PhotoIndex;
  /** Places of those some row names, by name or by code. */
  named: Set<number>;
  /** Rows that name a photo which is not there. */
  rowsWithout: number;
}

/** Parts the files no format reads into photos and the rest. */
export function partPhotos(others: readonly DeliveredFile[]): { photos: DeliveredFile[]; rest: DeliveredFile[] } {
  const photos = others.filter(({ name }) => isPhotoName(name));
  return { photos, rest: others.filter(({ name }) => !isPhotoName(name)) };
}

export function deliveredPhotos(files: DeliveredFile[]): DeliveredPhotos {
  return { files, index: indexPhotos(files.map(({ name }) => name)), named: new Set(), rowsWithout: 0 };
}

export function photosFound(photos: readonly DeliveredFile[]): Doubt[] {
  if (photos.length === 0) return [];
  const bytes = photos.reduce((sum, file) => sum + file.bytes.size, 0);
  const message = `${photos.length} photos came with it; they are kept beside the project, and rows are matched to them by name or code.`;
  return [{ code: 'photos-found', message, data: { count: photos.length, bytes } }];
}

/** Matches a row with its photos. One that names a photo that did not come gets a fault, for the delivery did bring photos. */
export function matchPhotos(photos: DeliveredPhotos, row: Transformed, photoField: string | null): void {
  const text = typeof row.now['photo'] === 'string' ? row.now['photo'] : null;
  const names = photoNames(text);
  let missing = 0;
  for (const name of names) {
    const found = photos.index.named(name);
    if (found.length === 0) missing += 1;
    for (const one of found) photos.named.add(one);
  }
  if (row.key !== null) for (const found of photos.index.ofCode(row.key)) photos.named.add(found);
  if (missing === 0) return;
  photos.rowsWithout += 1;
  row.faults.push({ field: photoField, code: 'photo-missing', column: 'photo' });
}

interface KeepJob {
  store: Store;
  write: <T>(work: () => T) => T;
  now: string;
  progress: (stage: string, done: number, total: number | null) => void;
  checkCancel: () => void;
  breathe: () => Promise<void>;
}

/** Left free on the disk of the project besides the photos. */
const SPARE_BYTES = 64 * 1024 * 1024;
const NOTED_AT_ONCE = 50;

/**
 * Copies the photos beside the project; each is on the disk before the project speaks of it.
 * @throws ProjectError 'disk-full' before the first is copied
 */
export async function keepPhotos(job: KeepJob, batchId: number, { files }: DeliveredPhotos): Promise<void> {
  if (files.length === 0) return;
  const total = files.reduce((sum, file) => sum + file.bytes.size, 0);
  assertFreeSpace(job.store.name, total + SPARE_BYTES);
  const taken = new Set<string>();
  let waiting: CopiedPhoto[] = [];
  const note = () => {
    if (waiting.length > 0) job.write(() => notePhotos(job.store, batchId, waiting, job.now));
    waiting = [];
  };
  for (const [i, photo] of files.entries()) {
    job.progress('photos', i, files.length);
    const inWaiting = (sha: string) => waiting.find(({ sha256 }) => sha256 === sha)?.file ?? null;
    const known = (sha: string) => inWaiting(sha) ?? knownPhoto(job.store, sha);
    waiting.push(copyPhoto(job.store.name, batchId, photo, taken, known));
    if (waiting.length >= NOTED_AT_ONCE) {
      note();
      await job.breathe();
    } else job.checkCancel();
  }
  note();
}

/** What was found of the photos, once every row has been read. */
export function photoWarnings(
  photos: DeliveredPhotos,
): { code: string; message: string; data: Record<string, unknown> }[] {
  const count = photos.files.length;
  if (count === 0) return [];
  const unnamed = photos.files.filter((_, i) => !photos.named.has(i));
  const data = {
    count,
    matched: photos.named.size,
    rowsWithout: photos.rowsWithout,
    unnamed: unnamed.length,
    names: unnamed.slice(0, EXAMPLES).map(({ name }) => name),
  };
  const message = `${count} photos came with it: ${data.matched} are named by rows, ${data.unnamed} by none; ${data.rowsWithout} rows name a photo that did not come.`;
  return [{ code: 'photos-matched', message, data }];
}
const EXAMPLES = 5;
