import type { BatchInfo } from '../api/delivery.ts';
import { usage } from './args.ts';
import type { Arguments } from './command.ts';
import { rejectedText, warningText } from './failure.ts';
import { BATCH_STATES, PILE_WORDS, say, WORDS, type Language } from './words.ts';

/** A positional argument that `takes` has made sure of. */
export function ask(args: Arguments, index: number): string {
  const value = args.positionals[index];
  if (value === undefined)
    throw usage({ name: '' }, `Argument ${index + 1} is missing.`, { reason: 'missing', index: index + 1 });
  return value;
}

export function lines(...parts: (string | null)[]): string {
  return parts.filter((part) => part !== null).join('\n');
}

/** `{name: n}` where the option was given. */
export function number<N extends string>(
  args: Arguments,
  name: N,
  read: (command: string, what: string, value: string) => number,
): Partial<Record<N, number>> {
  const value = args.values[name];
  // A computed key of a literal type is widened to string; the record has this one key.
  return value === undefined ? {} : ({ [name]: read('', `--${name}`, value) } as Partial<Record<N, number>>);
}

/** `{name: text}` where the option was given. */
export function given<N extends string>(args: Arguments, name: N): Partial<Record<N, string>> {
  const value = args.values[name];
  return value === undefined ? {} : ({ [name]: value } as Partial<Record<N, string>>);
}

/** The keys of `import`, which scripts rely on. A dry run has no batch. */
export function importKeys(batch: BatchInfo, dryRun = false) {
  const first = batch.tables[0];
  const { new: added, changed, same, gone, unclear } = batch.piles;
  return {
    batchId: dryRun ? null : batch.id,
    name: batch.name,
    state: batch.state,
    files: batch.files.map((file) => file.name),
    encoding: first?.encoding ?? null,
    crs: first?.crs ?? null,
    table: first?.table ?? null,
    tables: batch.tables,
    basedOn: batch.basedOn,
    rows: batch.rows,
    piles: { new: added, changed, same, gone, unclear },
    accepted: batch.acceptedRows,
    rejected: batch.rejected,
    rejectedTotal: batch.rejectedTotal,
    warnings: batch.warnings,
  };
}

export function batchText(batch: BatchInfo, language: Language): string {
  const piles = Object.entries(batch.piles)
    .map(([pile, count]) => `${say(language, PILE_WORDS[pile] ?? [pile, pile])} ${count}`)
    .join(' · ');
  return lines(
    `${say(language, WORDS.batch)} ${batch.id} ${batch.name} (${stateText(batch.state, language)})`,
    `  ${batch.rows} ${say(language, WORDS.rows)}: ${piles}`,
    `  ${say(language, WORDS.accepted)} ${batch.acceptedRows} · ${say(language, WORDS.rejected)} ${batch.rejectedTotal}`,
    ...batch.rejected.slice(0, 20).map((row) => `  ${row.file} ${row.row}: ${rejectedText(row, language)}`),
    ...batch.warnings.map((warning) => `  ${say(language, WORDS.warning)}: ${warningText(warning, language)}`),
  );
}

export function stateText(state: BatchInfo['state'], language: Language): string {
  return say(language, BATCH_STATES[state] ?? [state, state]);
}

/** Columns set apart by blanks, numbers to the right. A Chinese character is as wide as two. */
export function columns(rows: readonly (readonly (string | number | null)[])[]): string {
  const texts = rows.map((row) => row.map((cell) => (cell === null ? '' : String(cell))));
  const widths = texts.reduce<number[]>((most, row) => {
    row.forEach((cell, i) => (most[i] = Math.max(most[i] ?? 0, width(cell))));
    return most;
  }, []);
  const pad = (cell: string, i: number, right: boolean) => {
    const blanks = ' '.repeat((widths[i] ?? 0) - width(cell));
    return right ? blanks + cell : cell + blanks;
  };
  return texts
    .map((row, r) =>
      row
        .map((cell, i) => pad(cell, i, typeof rows[r]?.[i] === 'number'))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function width(cell: string): number {
  return Array.from(cell).reduce((sum, c) => sum + (/[\u1100-\u115f\u2e80-\uffdc]/u.test(c) ? 2 : 1), 0);
}

export function percent(rate: number | null): string {
  return rate === null ? '–' : `${(rate * 100).toFixed(2)} %`;
}
