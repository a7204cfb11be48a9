import { crc32 } from 'node:zlib';
import { Inflate } from 'fflate';
import type { ByteSource } from './format.ts';
import { FormatError } from './format.ts';

/** Compressed bytes handed to the inflater at a time: deflate grows at most about 1032-fold, so a step stays below 17 MB. */
const STEP = 16 * 1024;
/** One entry unpacked, and all entries of an archive together. */
const MAX_ENTRY = 512 * 1024 * 1024;
export const MAX_TOTAL = 2048 * 1024 * 1024;
/** Beyond this size an entry that grows more than MAX_RATIO-fold is taken for a bomb. */
const RATIO_FROM = 32 * 1024 * 1024;
const MAX_RATIO = 200;

/** What may still be unpacked of one archive, shared by all its entries. */
export interface UnpackBudget {
  left: number;
}

/** Where and how one entry lies in its archive. */
export interface EntryPlace {
  name: string;
  method: number;
  start: number;
  packed: number;
  declared: number;
  /** Check sum of the unpacked bytes. */
  crc: number;
  /** Bytes of it already counted against the archive's budget, so that reading it again costs nothing. */
  charged: number;
}

const bomb = (place: EntryPlace, size: number): FormatError =>
  new FormatError(
    'zip-bomb',
    `"${place.name}" in the archive unpacks to more than ${Math.floor(size / 1048576)} MB from ${Math.ceil(place.packed / 1024)} KB; it was not opened. Deliver the file unpacked.`,
    { entry: place.name, packed: place.packed, size },
  );

/**
 * Unpacks one entry piece by piece and gives up as soon as it grows beyond what is sane, whatever its header declares.
 * @throws FormatError 'zip-bomb', 'zip-damaged', 'zip-method'
 */
export function* inflateEntry(source: ByteSource, place: EntryPlace, budget: UnpackBudget): Generator<Uint8Array> {
  let size = 0;
  let crc = 0;
  const counted = (piece: Uint8Array): Uint8Array => {
    size += piece.length;
    crc = crc32(piece, crc);
    if (size > place.charged) {
      budget.left -= size - place.charged;
      place.charged = size;
    }
    const ratio = size > RATIO_FROM && size / Math.max(place.packed, 1) > MAX_RATIO;
    if (size > MAX_ENTRY || budget.left < 0 || ratio) throw bomb(place, size);
    return piece;
  };
  if (place.declared > MAX_ENTRY) throw bomb(place, place.declared);
  const end = place.start + place.packed;
  if (place.method === 0) {
    for (let at = place.start; at < end; at += STEP) yield counted(source.slice(at, Math.min(at + STEP, end)));
    if (crc !== place.crc) throw damagedEntry(place, null);
    return;
  }
  if (place.method !== 8)
    throw new FormatError(
      'zip-method',
      `"${place.name}" is packed by a method (${place.method}) that is not read. Pack it again as an ordinary zip.`,
      { entry: place.name, method: place.method },
    );
  let pieces: Uint8Array[] = [];
  const inflate = new Inflate((piece) => {
    if (piece.length > 0) pieces.push(piece);
  });
  for (let at = place.start; at < end; at += STEP) {
    const stop = Math.min(at + STEP, end);
    try {
      inflate.push(source.slice(at, stop), stop === end);
    } catch (error) {
      throw damagedEntry(place, error);
    }
    for (const piece of pieces) yield counted(piece);
    pieces = [];
  }
  if (place.packed === 0 || crc !== place.crc) throw damagedEntry(place, null);
}

function damagedEntry(place: EntryPlace, cause: unknown): FormatError {
  return new FormatError('zip-damaged', `"${place.name}" in the archive is damaged. Pack and deliver it again.`, {
    entry: place.name,
    cause: cause instanceof Error ? cause.message : null,
  });
}
