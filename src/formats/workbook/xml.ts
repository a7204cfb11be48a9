import { textDecoder } from '../encoding/index.ts';
import { FormatError } from '../format.ts';
import { xmlEvents } from '../xml.ts';
import type { XmlEvent } from '../xml.ts';

const LONGEST_PIECE = 32 * 1024 * 1024;

const damaged = (part: string, why: string): FormatError =>
  new FormatError(
    'workbook-damaged',
    `${part} in the workbook is damaged (${why}). Open it in Excel or WPS and save it again.`,
    { part },
  );

/**
 * Reads a part of a workbook piece by piece. A document type declaration is refused: no workbook has one.
 * @throws FormatError 'workbook-damaged' | 'xml-doctype'
 */
export function partEvents(pieces: Iterable<Uint8Array>, part: string): Generator<XmlEvent> {
  return xmlEvents(decoded(pieces), {
    doctype: () =>
      new FormatError('xml-doctype', `${part} in the workbook declares a document type; such a file is not opened.`, {
        part,
        file: part,
      }),
    fault: (why) => {
      throw damaged(part, why);
    },
    longest: LONGEST_PIECE,
    endless: () => damaged(part, 'one piece of text has no end'),
    deep: () => damaged(part, 'it nests too deep'),
  });
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
