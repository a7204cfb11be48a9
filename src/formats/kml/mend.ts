/** What ends the plain text of XML, and ampersands that begin no entity. */
const MARK = /<!\[CDATA\[|<!--|&(?!(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z_][\w.-]{0,30});)/g;
/** Characters held back, so that nothing is looked at before it is there whole. */
const HELD = 48;

/**
 * Writes out ampersands that stand bare, as links pasted into descriptions have them: a parser would take all that follows
 * for the name of an entity. `found` is called for each.
 */
export function* mendAmpersands(texts: Iterable<string>, found: () => void): Generator<string> {
  let rest = '';
  let until: string | null = null;
  const mend = (text: string, last: boolean): string => {
    const end = last ? text.length : text.length - HELD;
    let out = '';
    let at = 0;
    while (at < end) {
      if (until !== null) {
        const close = text.indexOf(until, at);
        const stop = close < 0 ? Math.max(at, end) : close + until.length;
        if (close >= 0) until = null;
        out += text.slice(at, stop);
        at = stop;
        continue;
      }
      MARK.lastIndex = at;
      const match = MARK.exec(text);
      const stop = match && match.index < end ? match.index : end;
      out += text.slice(at, stop);
      at = stop;
      if (!match || match.index >= end) break;
      if (match[0] === '&') {
        found();
        out += '&amp;';
      } else {
        until = match[0] === '<!--' ? '-->' : ']]>';
        out += match[0];
      }
      at += match[0].length;
    }
    rest = text.slice(at);
    return out;
  };
  for (const text of texts) {
    const whole = rest + text;
    if (whole.length <= HELD) rest = whole;
    else yield mend(whole, false);
  }
  if (rest !== '') yield mend(rest, true);
}
