import { GewuError, type WireError } from '../../api/error.ts';
import { sentenceOf } from '../../api/words/sentence.ts';
import { say, sayIf, type Language, type Values } from './index.ts';
import { columnName } from './revision.ts';

/** One sentence for anything that went wrong: by its code where there is a sentence for it, else with the engine's own message. */
export function failureWords(error: unknown, language: Language): string {
  const own = error instanceof GewuError ? error : null;
  const message = error instanceof Error ? error.message : String(error);
  if (own === null) return say('errors.unknown', { message });
  const values: Values = { message, ...plain(own.data) };
  if (own.code === 'conflict' && typeof own.data['column'] === 'string') {
    const blank = say('values.blank');
    return say('errors.conflictBoth', {
      ...values,
      column: columnName(own.data['column'], language),
      was: text(own.data['was']) ?? blank,
      now: text(own.data['now']) ?? blank,
    });
  }
  // What is said of the very thing that was refused goes before what is said of its kind.
  const exactly = typeof own.data['reason'] === 'string' ? sentenceOf(own, language) : null;
  return exactly ?? sayIf(`errors.${own.code}`, values) ?? sentenceOf(own, language) ?? say('errors.unknown', values);
}

/** Why a project may not be changed. */
export function readOnlyWords({ code, message, data }: WireError, language: Language): string {
  return sentenceOf({ code: 'read-only', message, data: { ...data, reason: code } }, language) ?? message;
}

function plain(data: Record<string, unknown>): Values {
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, text(value)]));
}

function text(value: unknown): string | number | null {
  if (typeof value === 'number' || typeof value === 'string') return value;
  if (value === null || value === undefined) return null;
  return Array.isArray(value) ? value.map(String).join(', ') : JSON.stringify(value);
}
