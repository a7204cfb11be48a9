/** A piece of a filter's text. `position` counts from 0. */
export interface Token {
  kind: 'word' | 'quoted' | 'sign' | 'end';
  text: string;
  position: number;
}

/** A filter text that cannot be read. `data.position` counts characters from 1, as an editor does. */
export class FilterTextError extends Error {
  readonly code = 'filter-syntax';
  readonly data: { position: number; found: string; expected: string };
  constructor(position: number, found: string, expected: string) {
    super(`At character ${position + 1} of the filter: found ${found}, expected ${expected}.`);
    this.name = 'FilterTextError';
    this.data = { position: position + 1, found, expected };
  }
}

/** Signs as a Chinese input method types them. */
const HALF_WIDTH: Readonly<Record<string, string>> = {
  '（': '(',
  '）': ')',
  '，': ',',
  '＝': '=',
  '＜': '<',
  '＞': '>',
  '！': '!',
};
const CLOSING: Readonly<Record<string, string>> = { "'": "'", '"': '"', '“': '”', '‘': '’' };
const WORD = /[\p{L}\p{N}_.%-]/u;

/** Cuts a filter's text into pieces; the last is always 'end'. @throws FilterTextError for an open quote or a sign that means nothing */
export function readTokens(text: string): Token[] {
  const characters = Array.from(text);
  const tokens: Token[] = [];
  let at = 0;
  while (at < characters.length) {
    const character = characters[at] ?? '';
    if (/\s/u.test(character)) at += 1;
    else {
      const { token, next } = readToken(characters, at);
      tokens.push(token);
      at = next;
    }
  }
  tokens.push({ kind: 'end', text: '', position: characters.length });
  return tokens;
}

function readToken(characters: readonly string[], at: number): { token: Token; next: number } {
  const first = characters[at] ?? '';
  const closing = CLOSING[first];
  if (closing !== undefined) return readQuoted(characters, at, closing);
  if (WORD.test(first)) {
    let next = at;
    while (next < characters.length && WORD.test(characters[next] ?? '')) next += 1;
    return { token: { kind: 'word', text: characters.slice(at, next).join(''), position: at }, next };
  }
  const sign = HALF_WIDTH[first] ?? first;
  const following = characters[at + 1] ?? '';
  const pair = sign + (HALF_WIDTH[following] ?? following);
  if (['==', '!=', '<>', '<=', '>='].includes(pair)) {
    return { token: { kind: 'sign', text: pair, position: at }, next: at + 2 };
  }
  if (['=', '<', '>', '(', ')', ','].includes(sign)) {
    return { token: { kind: 'sign', text: sign, position: at }, next: at + 1 };
  }
  throw new FilterTextError(at, first, 'a column, a value or a sign of the filter');
}

/** A quoted value; the closing quote doubled stands for itself. */
function readQuoted(characters: readonly string[], at: number, closing: string): { token: Token; next: number } {
  let text = '';
  for (let next = at + 1; next < characters.length; next += 1) {
    const character = characters[next] ?? '';
    if (character !== closing) text += character;
    else if (characters[next + 1] === closing) {
      text += closing;
      next += 1;
    } else return { token: { kind: 'quoted', text, position: at }, next: next + 1 };
  }
  throw new FilterTextError(at, `${characters[at] ?? ''}…`, `a closing ${closing}`);
}
