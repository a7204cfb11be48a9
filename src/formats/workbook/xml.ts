import { SaxesParser } from 'saxes';
import type { SaxesTagPlain } from 'saxes';
import { textDecoder } from '../encoding/index.ts';
import { FormatError } from '../format.ts';

/** What a part of a workbook consists of, in order. Names come without prefix. */
export type XmlEvent = { open: string; attributes: Record<string, string> } | { close: string } | { text: string };

/** Characters between two events: more is no workbook but an attack on memory. */
const LONGEST_PIECE = 32 * 1024 * 1024;

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

const damaged = (part: string, why: string): FormatError =>
  new FormatError(
    'workbook-damaged',
    `${part} in the workbook is damaged (${why}). Open it in Excel or WPS and save it again.`,
    {
      part,
    },
  );

/**
 * Reads XML piece by piece. A document type declaration is refused: no workbook has one, and entities could blow it up.
 * @throws FormatError 'workbook-damaged' | 'xml-doctype'
 */
export function* xmlEvents(pieces: Iterable<Uint8Array>, part: string): Generator<XmlEvent> {
  let events: XmlEvent[] = [];
  const parser = new SaxesParser({ xmlns: false, position: false });
  parser.on('doctype', () => {
    throw new FormatError(
      'xml-doctype',
      `${part} in the workbook declares a document type; such a file is not opened.`,
      { part },
    );
  });
  parser.on('error', (error) => {
    throw damaged(part, error.message);
  });
  parser.on('opentag', (tag: SaxesTagPlain) => {
    const attributes: Record<string, string> = {};
    for (const [name, value] of Object.entries(tag.attributes)) attributes[local(name)] = value;
    events.push({ open: local(tag.name), attributes });
  });
  parser.on('closetag', (tag: SaxesTagPlain) => events.push({ close: local(tag.name) }));
  parser.on('text', (text) => events.push({ text }));
  parser.on('cdata', (text) => events.push({ text }));
  let since = 0;
  for (const text of decoded(pieces)) {
    parser.write(text);
    since = events.length > 0 ? 0 : since + text.length;
    if (since > LONGEST_PIECE) throw damaged(part, 'one piece of text has no end');
    yield* events;
    events = [];
  }
  parser.close();
  yield* events;
}

/** XML of a workbook is UTF-8, or UTF-16 with a byte order mark. */
function* decoded(pieces: Iterable<Uint8Array>): Generator<string> {
  let decoder: ReturnType<typeof textDecoder> | null = null;
  for (const piece of pieces) {
    const first = decoder === null;
    decoder ??= textDecoder(
      piece[0] === 0xff && piece[1] === 0xfe
        ? 'UTF-16LE'
        : piece[0] === 0xfe && piece[1] === 0xff
          ? 'UTF-16BE'
          : 'UTF-8',
    );
    const text = decoder.decode(piece, { stream: true });
    yield first ? text.replace(/^\ufeff/, '') : text;
  }
}
