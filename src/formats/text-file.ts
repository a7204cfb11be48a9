import { decideEncoding, encodingByLabel, EncodingProbe, textDecoder } from './encoding/index.ts';
import type { EncodingClaim } from './encoding/index.ts';
import { FormatError } from './format.ts';
import type { ByteSource, EncodingEvidence, ReadOptions } from './format.ts';

const CHUNK = 1 << 18;
const LONGEST_LINE = 1 << 20;
/** Lines longer than this are looked at in pieces. */
const LONG_LINE = 800;
/** GB18030 has bytes from 0x30 on within its characters, the others from 0x40 on. */
const LOWEST_TRAIL = 0x30;
const LINE_FEED = 0x0a;

/** Bytes other formats begin with, for files that bear the wrong name. */
const MAGIC: [number[], string][] = [
  [[0x50, 0x4b, 0x03, 0x04], 'a zip archive or an xlsx workbook'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'an old Office file (xls, doc)'],
  [[0x53, 0x51, 0x4c, 0x69, 0x74, 0x65], 'a database (gpkg, sqlite)'],
  [[0x25, 0x50, 0x44, 0x46], 'a PDF'],
];

/**
 * Which encoding a text file is in; `stated` is what the file says of itself.
 * @throws FormatError 'empty' | 'mislabelled' | 'not-text'
 */
export function textEncoding(
  source: ByteSource,
  file: string,
  { encoding: given, vocabulary }: Pick<ReadOptions, 'encoding' | 'vocabulary'> = {},
  stated: readonly EncodingClaim[] = [],
): EncodingEvidence {
  if (source.size === 0) throw new FormatError('empty', `${file} is empty. Ask for the file again.`, { file });
  const head = source.slice(0, 4096);
  for (const [magic, what] of MAGIC)
    if (magic.every((byte, i) => head[i] === byte))
      throw new FormatError('mislabelled', `${file} is not text but ${what}. Give it its proper ending.`, {
        file,
        what,
      });
  const marked = byMark(head) ?? byZeros(source);
  // UTF-16 shows in every line end; a UTF-8 mark may stand before anything that was put behind it.
  if (marked && marked.name !== 'UTF-8' && given === undefined) return marked;
  const probe = new EncodingProbe([given === undefined ? null : encodingByLabel(given)]);
  let zeros = 0;
  for (const line of lines(source)) {
    if (line.includes(0)) zeros++;
    probe.add(line, false);
  }
  if (zeros > 0 && zeros * 10 > probe.values && marked === null)
    throw new FormatError('not-text', `${file} holds binary data, not text. Ask for the file again.`, { file });
  const claims = marked?.name === 'UTF-8' ? [{ code: 'bom', label: 'UTF-8', name: 'UTF-8' }, ...stated] : stated;
  if (marked && given === undefined && probe.tallies.get('UTF-8')?.bad === 0) return marked;
  return decideEncoding(probe, claims, { given, vocabulary });
}

function byMark(head: Uint8Array): EncodingEvidence | null {
  const evidence = (name: string): EncodingEvidence => {
    return { name, confidence: 1, evidence: [{ code: 'bom', data: { name } }], candidates: [] };
  };
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return evidence('UTF-8');
  if (head[0] === 0xff && head[1] === 0xfe) return evidence('UTF-16LE');
  if (head[0] === 0xfe && head[1] === 0xff) return evidence('UTF-16BE');
  return null;
}

/** UTF-16 without a mark: line ends, digits and separators give every second byte of them as zero, always the same one. */
function byZeros(source: ByteSource): EncodingEvidence | null {
  const bytes = source.slice(0, CHUNK);
  const zeros: [number, number] = [0, 0];
  bytes.forEach((byte, i) => {
    if (byte === 0) zeros[i % 2 === 0 ? 0 : 1]++;
  });
  const [even, odd] = zeros;
  if ((even + odd) * 20 < bytes.length || Math.min(even, odd) * 20 > Math.max(even, odd)) return null;
  const name = odd > even ? 'UTF-16LE' : 'UTF-16BE';
  const text = textDecoder(name).decode(bytes.subarray(0, bytes.length - (bytes.length % 2)));
  const checked = text.slice(0, -1);
  if (!checked.isWellFormed() || checked.includes('\0') || /[\ufffd\ue000-\uf8ff]/.test(checked)) return null;
  const samples = [text.slice(0, 80)];
  return {
    name,
    confidence: 0.9,
    evidence: [{ code: 'decodes', data: { name, zeroBytes: even + odd } }],
    candidates: [{ name, score: 0.9, samples }],
  };
}

/** Lines as bytes, without their ends; long ones in pieces that end with a byte no multi-byte character contains. */
function* lines(source: ByteSource): Generator<Uint8Array> {
  let rest: Uint8Array = new Uint8Array(0);
  for (let at = 0; at < source.size; at += CHUNK) {
    const chunk = source.slice(at, at + CHUNK);
    const bytes: Uint8Array = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let start = 0;
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i] ?? 0;
      if (byte !== LINE_FEED && (i - start < LONG_LINE || byte >= LOWEST_TRAIL)) continue;
      yield bytes.subarray(start, i);
      start = i + 1;
    }
    rest = bytes.slice(start);
    if (rest.length > LONGEST_LINE) {
      yield rest;
      rest = new Uint8Array(0);
    }
  }
  if (rest.length > 0) yield rest;
}

/** The decoded text of a file in pieces, without byte order mark. */
export function* decodedText(source: ByteSource, encoding: string): Generator<string> {
  const decoder = textDecoder(encoding);
  let first = true;
  for (let at = 0; at < source.size; at += CHUNK) {
    const text = decoder.decode(source.slice(at, at + CHUNK), { stream: true });
    yield first ? text.replace(/^\ufeff/, '') : text;
    first = first && text === '';
  }
  const tail = decoder.decode();
  if (tail !== '') yield tail;
}
