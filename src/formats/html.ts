const NAMED: Record<string, string> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ensp: ' ',
  emsp: ' ',
  middot: '·',
  deg: '°',
  plusmn: '±',
  sup2: '²',
  times: '×',
};

/** Text with the entities of HTML resolved; unknown ones stay as they are. */
export const entityText = (text: string): string =>
  text.includes('&')
    ? text.replace(/&(#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8}\d?);/gi, (whole, name: string) => entity(name) ?? whole)
    : text;

function entity(name: string): string | undefined {
  if (!name.startsWith('#')) return NAMED[name.toLowerCase()];
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}

/** A tag with its attributes, or the text up to the next one, entities resolved. */
export type HtmlToken = { tag: string; end: boolean; attributes: string } | { text: string };

/** Characters of one tag; a '<' that begins a longer one is a character like any other. */
const LONGEST_TAG = 16_384;
/** Text handed on at a time where no tag comes. */
const LONGEST_TEXT = 1 << 16;
/** Elements whose content is not text of the page. */
const HIDDEN = /^(?:script|style|title|xml)$/;

/** Takes a page apart into tags and texts, however badly it is written. Comments, scripts and styles are passed over. */
export function* htmlTokens(texts: Iterable<string>): Generator<HtmlToken> {
  let rest = '';
  let hidden: string | null = null;
  for (const piece of [texts, ['']].values())
    for (const text of piece) {
      rest += text;
      const last = text === '';
      let at = 0;
      for (;;) {
        if (hidden !== null) {
          const close = rest.toLowerCase().indexOf(hidden, at);
          if (close < 0) {
            at = Math.max(at, rest.length - hidden.length);
            break;
          }
          at = close + hidden.length;
          hidden = null;
        }
        const open = rest.indexOf('<', at);
        const textEnd = open < 0 ? rest.length : open;
        if (textEnd > at) {
          // An entity may be cut in two by the end of a piece.
          const whole = open >= 0 || last || textEnd - at > LONGEST_TEXT;
          if (!whole) break;
          yield { text: entityText(rest.slice(at, textEnd)) };
          at = textEnd;
        }
        if (open < 0) break;
        if (rest.startsWith('<!--', open)) {
          hidden = '-->';
          at = open + 4;
          continue;
        }
        const close = rest.indexOf('>', open);
        if (close < 0 && !last && rest.length - open < LONGEST_TAG) break;
        if (close < 0 || close - open > LONGEST_TAG || !/[a-z/!?]/i.test(rest[open + 1] ?? '')) {
          yield { text: '<' };
          at = open + 1;
          continue;
        }
        const token = readTag(rest.slice(open + 1, close));
        at = close + 1;
        if (!token.end && HIDDEN.test(token.tag) && !token.attributes.endsWith('/')) hidden = `</${token.tag}`;
        yield token;
      }
      rest = rest.slice(at);
    }
}

function readTag(inner: string): Extract<HtmlToken, { tag: string }> {
  const end = inner.startsWith('/');
  const name = /^[a-z][a-z0-9:]*/i.exec(end ? inner.slice(1) : inner)?.[0] ?? '';
  return { tag: name.toLowerCase(), end, attributes: inner.slice(name.length + (end ? 1 : 0)).trim() };
}

/** Value of an attribute of a tag, null where it has none. */
export function attribute(attributes: string, name: string): string | null {
  const found = new RegExp(`(?:^|[\\s"'])${name}\\s?=\\s?(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(attributes);
  return found ? entityText(found[1] ?? found[2] ?? found[3] ?? '') : null;
}
