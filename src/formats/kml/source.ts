import { encodingByLabel, textDecoder } from '../encoding/index.ts';
import type { EncodingClaim } from '../encoding/index.ts';
import { FormatError } from '../format.ts';
import type { ByteSource, Doubt, EncodingEvidence, ReadOptions } from '../format.ts';
import { decodedText, textEncoding } from '../text-file.ts';
import { xmlEvents } from '../xml.ts';
import { openZip } from '../zip.ts';
import { mendAmpersands } from './mend.ts';
import { isTooLarge, KmlReader } from './placemarks.ts';
import type { KmlFeature } from './placemarks.ts';

/** Faults of XML after which reading on is guesswork. */
const MOST_FAULTS = 200;
const LONGEST_PIECE = 16 * 1024 * 1024;
const HEAD = 1024;

/** One KML document and what its text is encoded in. */
export interface KmlSource {
  /** The file a person would name: the kml, or the kmz it lies in. */
  file: string;
  /** Name of the document within a kmz, else of the file, without ending. */
  name: string;
  bytes: ByteSource;
  encoding: EncodingEvidence;
}

/**
 * The documents of a delivered file: itself, or every `.kml` of a kmz, `doc.kml` first.
 * @throws FormatError 'empty' | 'not-kml' | 'mislabelled' | 'not-text' | 'zip-…'
 */
export function kmlSources(bytes: ByteSource, file: string, name: string, options: ReadOptions): KmlSource[] {
  const head = bytes.slice(0, 4);
  if (head[0] !== 0x50 || head[1] !== 0x4b) return [one(bytes, file, name, options)];
  const entries = openZip(bytes).entries.filter((entry) => /\.kml$/i.test(entry.name));
  if (entries.length === 0)
    throw new FormatError('not-kml', `${file} is an archive without a kml in it. Export it as kml again.`, { file });
  const first = (entry: { name: string }): number => (/^doc\.kml$/i.test(entry.name) ? 0 : 1);
  return entries
    .toSorted((a, b) => first(a) - first(b) || (a.name < b.name ? -1 : 1))
    .map((entry) => one(entry.open(), file, first(entry) === 0 ? name : entry.name.replace(/\.kml$/i, ''), options));
}

function one(bytes: ByteSource, file: string, name: string, options: ReadOptions): KmlSource {
  return { file, name, bytes, encoding: textEncoding(bytes, file, options, [declared(bytes)]) };
}

/** What the XML declaration says of the encoding; without one the rules of XML say UTF-8. A claim like any other. */
function declared(bytes: ByteSource): EncodingClaim {
  const head = textDecoder('windows-1252').decode(bytes.slice(0, HEAD));
  const label = /^[^<]{0,8}<\?xml[^>]*?encoding\s?=\s?["']([\w.:-]{1,40})["']/.exec(head)?.[1] ?? 'UTF-8';
  return { code: 'xml-claims', label, name: encodingByLabel(label) };
}

/** What is wrong with a document that could be read in part. */
export interface KmlReading {
  reader: KmlReader;
  faults: { count: number; first: string };
}

/** A part of a document's text, in characters. */
export interface KmlSpan {
  from: number;
  to: number;
}

/** The part of a text as a document of its own. What lies between two placemarks of one folder is well-formed in itself. */
function* partOf(texts: Iterable<string>, { from, to }: KmlSpan): Generator<string> {
  yield '<kml>';
  let at = 0;
  for (const text of texts) {
    if (at >= to) break;
    const part = text.slice(Math.max(0, from - at), Math.max(0, to - at));
    if (part !== '') yield part;
    at += text.length;
  }
  yield '</kml>';
}

/**
 * Reads a document, or a part of it, placemark by placemark. XML that is not well-formed is read on as well as may be.
 * @throws FormatError 'xml-doctype' | 'xml-too-deep' | 'feature-too-large'
 */
export function* kmlFeatures(
  { bytes, file }: KmlSource,
  encoding: string,
  { reader, faults }: KmlReading,
  span?: KmlSpan,
): Generator<KmlFeature> {
  const tooLarge = (): FormatError =>
    new FormatError('feature-too-large', `A placemark of ${file} is larger than 16 MB. Deliver it in another format.`, {
      file,
    });
  const fault = (why: string): void => {
    if (faults.count++ === 0) faults.first = why;
  };
  const texts = mendAmpersands(decodedText(bytes, encoding), () => fault('a bare "&"'));
  const events = xmlEvents(span ? partOf(texts, span) : texts, {
    doctype: () =>
      new FormatError('xml-doctype', `${file} declares a document type; such a file is not opened. Export it again.`, {
        file,
      }),
    fault,
    longest: LONGEST_PIECE,
    endless: tooLarge,
    deep: () =>
      new FormatError('xml-too-deep', `${file} nests more than 256 levels deep, so it is no KML. Export it again.`, {
        file,
      }),
  });
  for (const event of events) {
    const feature = reader.take(event);
    if (feature) yield feature;
    if (isTooLarge(reader)) throw tooLarge();
    if (faults.count > MOST_FAULTS) return;
  }
}

export const beginReading = (): KmlReading => ({ reader: new KmlReader(), faults: { count: 0, first: '' } });

/** What a person should know once the document was read to its end. */
export function readingDoubts({ reader, faults }: KmlReading, file: string, placemarks: number): Doubt[] {
  const doubts: Doubt[] = [];
  const data = { file, features: placemarks };
  if (faults.count > 0 && reader.unfinished && faults.count <= MOST_FAULTS)
    doubts.push({
      code: 'kml-truncated',
      message: `${file} ends in the middle after placemark ${placemarks}; the whole ones were read.`,
      data,
    });
  else if (faults.count > 0)
    doubts.push({
      code: 'kml-damaged',
      message: `${file} is not well-formed XML (${faults.first}); ${placemarks} placemarks could be read. Export it again.`,
      data,
    });
  if (reader.links > 0)
    doubts.push({
      code: 'kml-links',
      message: `${file} refers to ${reader.links} other files or addresses; they were not followed. Deliver them too.`,
      data: { file, links: reader.links },
    });
  return doubts;
}
