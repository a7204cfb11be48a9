import { FormatError } from './format.ts';
import type { ByteSource, DeliveredFile, Doubt } from './format.ts';
import { isHidden, splitName } from './names.ts';
import { KeptBytes } from './kept-bytes.ts';
import { openZip } from './zip.ts';
import type { ZipEntry } from './zip.ts';
import { MAX_TOTAL } from './zip-entry.ts';
import type { UnpackBudget } from './zip-entry.ts';

/** Archives within an archive that are opened: deliveries often hold one for each class. */
const DEEPEST = 1;
const ZIPS = new Set(['zip', 'shz']);
const OTHER_ARCHIVES = new Set(['rar', '7z', 'tar', 'gz', 'tgz', 'bz2', 'xz', 'zst', 'zipx', 'cab', 'iso']);

/** What one delivered archive may come to, with everything in it. */
interface Unpacking {
  budget: UnpackBudget;
  kept: KeptBytes;
  isPart: (extension: string) => boolean;
  doubts: Doubt[];
}

/**
 * The files in a delivered archive, or the file itself where it is none. `isPart` tells endings that readers take: those are
 * unpacked and checked at once; photos and papers only when somebody reads them. What cannot be unpacked becomes a doubt.
 */
export function unpack(file: DeliveredFile, isPart: (extension: string) => boolean, doubts: Doubt[]): DeliveredFile[] {
  const { base, extension } = splitName(file.name);
  if (OTHER_ARCHIVES.has(extension)) {
    doubts.push({
      code: 'archive-not-read',
      message: `${file.name} is an archive of a kind that is not read (${extension}). Unpack it and bring in its files.`,
      data: { file: file.name, kind: extension },
    });
    return [];
  }
  if (!ZIPS.has(extension)) return [file];
  return entriesOf(file, base, 0, { budget: { left: MAX_TOTAL }, kept: new KeptBytes(), isPart, doubts });
}

function entriesOf(file: DeliveredFile, folder: string, depth: number, unpacking: Unpacking): DeliveredFile[] {
  const entries = attempt(file.name, unpacking.doubts, () => openZip(file.bytes, unpacking.budget).entries);
  if (entries?.length === 0)
    unpacking.doubts.push({
      code: 'empty',
      message: `${file.name} is an archive without a file in it. Ask for the file again.`,
      data: { file: file.name },
    });
  return (entries ?? []).flatMap((entry) => {
    const name = `${folder}/${entry.name}`;
    return isHidden(name) ? [] : take(entry, name, depth, unpacking);
  });
}

function take(entry: ZipEntry, name: string, depth: number, unpacking: Unpacking): DeliveredFile[] {
  const { doubts, kept, isPart } = unpacking;
  const { base, extension } = splitName(name);
  const isZip = ZIPS.has(extension);
  if (isZip && depth >= DEEPEST) {
    doubts.push({
      code: 'zip-nested',
      message: `${name} lies too deep in archives within archives; it was not opened. Unpack it and bring in its files.`,
      data: { file: name },
    });
    return [];
  }
  if (!isZip && !entry.encrypted && !isPart(extension))
    return OTHER_ARCHIVES.has(extension)
      ? unpack({ name, bytes: later(entry, kept) }, isPart, doubts)
      : [{ name, bytes: later(entry, kept) }];
  const bytes = attempt(name, doubts, () => kept.keep(entry));
  if (!bytes) return [];
  return isZip ? entriesOf({ name, bytes }, base, depth + 1, unpacking) : [{ name, bytes }];
}

/** Bytes that are unpacked when they are first asked for. */
function later(entry: ZipEntry, kept: KeptBytes): ByteSource {
  let bytes: ByteSource | null = null;
  return {
    size: entry.size,
    slice: (start, end) => (bytes ??= kept.keep(entry)).slice(start, end),
  };
}

function attempt<T>(file: string, doubts: Doubt[], work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    doubts.push({ code: error.code, message: `${file}: ${error.message}`, data: { ...error.data, file } });
    return null;
  }
}
