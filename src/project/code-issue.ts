import type { Database, Statement } from 'better-sqlite3';
import { codeAt, sequenceDigits } from '../model/codes.ts';
import { ProjectError } from './error.ts';

export type CodedLayer = 'component' | 'unit_grid';

/** Layers whose codes may never be used twice; the column is `code` in both. */
export function isCoded(table: string): table is CodedLayer {
  return table === 'component' || table === 'unit_grid';
}

/** The record of every code ever issued or seen in use: it only grows, undo included. */
export class CodeBook {
  readonly #db: Database;
  readonly #note: Statement<[string, string, number | null]>;

  constructor(db: Database) {
    this.#db = db;
    this.#note = db.prepare(`INSERT OR IGNORE INTO gewu_code_issue (layer, code, revision) VALUES (?, ?, ?)`);
  }

  note(layer: CodedLayer, code: string, revision: number | null): void {
    this.#note.run(layer, code, revision);
  }

  /** What `issue` would give, without giving it; null when the sequence is exhausted. */
  next(layer: CodedLayer, prefix: string): string | null {
    return nextCode(this.#db, layer, prefix).code;
  }

  /**
   * The highest sequence ever under a prefix, plus one.
   * @throws ProjectError 'codes-exhausted' with the count of sequences there are
   */
  issue(layer: CodedLayer, prefix: string, revision: number): string {
    const { code, digits } = nextCode(this.#db, layer, prefix);
    if (code === null) {
      const count = 10 ** digits - 1;
      throw new ProjectError(
        'codes-exhausted',
        `All ${count} codes under ${prefix} have been used: no further one can be issued.`,
        {
          layer,
          prefix,
          count,
        },
      );
    }
    this.note(layer, code, revision);
    return code;
  }
}

/** Looks the next code up; `digits` is the length of its sequence. Usable on a reading connection. */
export function nextCode(db: Database, layer: CodedLayer, prefix: string): { code: string | null; digits: number } {
  const highest = (digits: number): string | null =>
    db
      .prepare<[string, string, string, string], { code: string }>(
        `SELECT code FROM gewu_code_issue WHERE layer = ? AND code >= ? AND code <= ? AND code GLOB ? ORDER BY code DESC LIMIT 1`,
      )
      .get(layer, prefix + '0'.repeat(digits), prefix + '9'.repeat(digits), globbed(prefix) + '[0-9]'.repeat(digits))
      ?.code ?? null;
  const usual = sequenceDigits(layer, null, prefix);
  const long = highest(usual);
  // Communities delivered with 14-digit grid codes go on with those.
  const short = layer === 'unit_grid' && long === null ? highest(2) : null;
  const known = long ?? short;
  const digits = sequenceDigits(layer, known, prefix);
  const last = known === null ? 0 : Number(known.slice(prefix.length));
  return { code: codeAt(prefix, last + 1, digits), digits };
}

function globbed(text: string): string {
  return text.replaceAll(/[*?[]/gu, (sign) => `[${sign}]`);
}
