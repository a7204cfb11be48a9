import { SaxesParser } from 'saxes';
import type { SaxesTagPlain } from 'saxes';

/**
 * What an XML text consists of, in order. Names come without prefix. `at` is a place in the text, in characters: where the
 * tag before an opening tag ended, and where a closing tag ends.
 */
export type XmlEvent =
  { open: string; attributes: Record<string, string>; at: number } | { close: string; at: number } | { text: string };

/** What a reader makes of XML that is not as it should be. */
export interface XmlRules {
  /** A document type is declared. No delivery needs one, and entities could blow it up. */
  doctype: () => Error;
  /** Not well-formed at this place: throw to stop, return to read on as well as may be. */
  fault: (why: string) => void;
  /** Characters between two events at most. */
  longest: number;
  /** One piece of text, tag or comment grows without an end. */
  endless: () => Error;
  /** Elements lie within each other beyond any sense. */
  deep: () => Error;
}

/** Attributes of one element: more is no document but an attack on memory. */
const MOST_ATTRIBUTES = 10_000;
/** Characters handed to the parser at a time, so that a document without line ends is bounded too. */
const STEP = 1 << 16;
const DEEPEST = 256;

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

/** Reads XML piece by piece; memory is bounded by the longest single text in it. Throws what the rules say. */
export function* xmlEvents(texts: Iterable<string>, rules: XmlRules): Generator<XmlEvent> {
  let events: XmlEvent[] = [];
  let depth = 0;
  let last = 0;
  let attributeCount = 0;
  const parser = new SaxesParser({ xmlns: false, position: false });
  parser.on('doctype', () => {
    throw rules.doctype();
  });
  parser.on('error', (error) => rules.fault(error.message));
  parser.on('attribute', () => {
    if (++attributeCount > MOST_ATTRIBUTES) throw rules.endless();
  });
  parser.on('opentag', (tag: SaxesTagPlain) => {
    attributeCount = 0;
    if (++depth > DEEPEST) throw rules.deep();
    const attributes: Record<string, string> = {};
    for (const [name, value] of Object.entries(tag.attributes)) attributes[local(name)] = value;
    events.push({ open: local(tag.name), attributes, at: last });
    last = parser.position;
  });
  parser.on('closetag', (tag: SaxesTagPlain) => {
    depth--;
    last = parser.position;
    events.push({ close: local(tag.name), at: last });
  });
  parser.on('text', (text) => events.push({ text }));
  parser.on('cdata', (text) => events.push({ text }));
  let since = 0;
  for (const text of texts)
    for (let at = 0; at < text.length; at += STEP) {
      const step = text.slice(at, at + STEP);
      parser.write(step);
      since = events.length > 0 ? 0 : since + step.length;
      if (since > rules.longest) throw rules.endless();
      yield* events;
      events = [];
    }
  parser.close();
  yield* events;
}
