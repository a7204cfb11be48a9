import { COMPONENT_COLUMNS, UNIT_GRID_COLUMNS, type CellValue } from './component.ts';
import { readTokens, FilterTextError, type Token } from './filter-tokens.ts';
import type { Filter } from './filter.ts';

export { FilterTextError } from './filter-tokens.ts';

const COMPARISONS = ['=', '!=', '<', '<=', '>', '>='] as const;
type Comparison = (typeof COMPARISONS)[number];
const SPELLINGS: Readonly<Record<string, Comparison>> = { '==': '=', '<>': '!=' };

/** Columns whose values are numbers in the file. Everywhere else digits are text: 01003 stays 01003. */
const NUMERIC = new Set([
  'id',
  'in_service',
  'area_m2',
  ...[...COMPONENT_COLUMNS, ...UNIT_GRID_COLUMNS]
    .filter((c) => c.kind === 'id' || c.kind === 'unit')
    .map((c) => c.name),
]);
/** Deeper nesting is a mistake or an attack on the stack. */
const DEEPEST = 100;

/**
 * Reads the table's filter grammar:
 *
 *     clarity = unclear and (street_code in (110108001, '110108002') or not note is empty) and name like '%井盖%'
 *
 * `column op value` with = != < <= > >= (also == and <>), `in (…)`, `like`, `is empty`, their negations `not in`, `not like`, `is not
 * empty`; joined by `and`, `or`, `not` and parentheses, `and` before `or`. Values need quotes only where they hold blanks or signs; a
 * quote inside is doubled. Keywords in any case; full-width signs are understood. Inside `in`, `empty` stands for blank.
 * @throws FilterTextError at the first place that does not fit
 */
export function parseFilter(text: string): Filter {
  const tokens = readTokens(text);
  const reader = new FilterReader(tokens);
  const filter = reader.or(0);
  reader.end();
  return filter;
}

class FilterReader {
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  or(depth: number): Filter {
    const of = [this.#and(depth)];
    while (this.#take('or')) of.push(this.#and(depth));
    return of.length === 1 && of[0] !== undefined ? of[0] : { op: 'or', of };
  }

  end(): void {
    if (this.#peek().kind !== 'end') this.#fail('and, or or the end');
  }

  #and(depth: number): Filter {
    const of = [this.#unary(depth)];
    while (this.#take('and')) of.push(this.#unary(depth));
    return of.length === 1 && of[0] !== undefined ? of[0] : { op: 'and', of };
  }

  #unary(depth: number): Filter {
    if (depth > DEEPEST) this.#fail('less nesting');
    if (this.#take('not')) return { op: 'not', of: this.#unary(depth + 1) };
    if (!this.#take('(')) return this.#condition();
    const inner = this.or(depth + 1);
    this.#expect(')');
    return inner;
  }

  #condition(): Filter {
    const name = this.#peek();
    if (name.kind !== 'word') this.#fail('a column');
    this.#next += 1;
    const column = name.text;
    if (this.#take('is')) {
      const not = this.#take('not');
      if (!this.#take('empty')) this.#expect('null');
      return negated(not, { op: 'empty', column });
    }
    const not = this.#take('not');
    if (this.#take('in')) return negated(not, { op: 'in', column, values: this.#list(column) });
    if (this.#take('like')) return negated(not, { op: 'like', column, value: this.#value().text });
    if (not) this.#fail('in or like');
    const sign = this.#peek();
    const op = COMPARISONS.find((known) => known === (SPELLINGS[sign.text] ?? sign.text));
    if (sign.kind !== 'sign' || op === undefined) this.#fail('= != < <= > >= in, like or is empty');
    this.#next += 1;
    return { op, column, value: typed(column, this.#value()) };
  }

  #list(column: string): CellValue[] {
    this.#expect('(');
    const values: CellValue[] = [];
    do values.push(this.#take('empty') || this.#take('null') ? null : typed(column, this.#value()));
    while (this.#take(','));
    this.#expect(')');
    return values;
  }

  #value(): Token {
    const token = this.#peek();
    if (token.kind !== 'word' && token.kind !== 'quoted') this.#fail('a value');
    this.#next += 1;
    return token;
  }

  /** Steps over a keyword or sign if it is the next thing. */
  #take(wanted: string): boolean {
    const token = this.#peek();
    const found = token.kind !== 'quoted' && token.kind !== 'end' && token.text.toLowerCase() === wanted;
    if (found) this.#next += 1;
    return found;
  }

  #expect(wanted: string): void {
    if (!this.#take(wanted)) this.#fail(wanted);
  }

  #peek(): Token {
    // The reader always ends with an end token, so the last one stands in for everything beyond.
    return this.#tokens[Math.min(this.#next, this.#tokens.length - 1)] ?? { kind: 'end', text: '', position: 0 };
  }

  #fail(expected: string): never {
    const { text, position, kind } = this.#peek();
    throw new FilterTextError(position, kind === 'end' ? 'the end' : text, expected);
  }
}

function negated(not: boolean, filter: Filter): Filter {
  return not ? { op: 'not', of: filter } : filter;
}

function typed(column: string, token: Token): string | number {
  const number = token.kind === 'word' && NUMERIC.has(column) && /^-?\d{1,15}(\.\d+)?$/u.test(token.text);
  return number ? Number(token.text) : token.text;
}
