import type { WireError } from '../error.ts';
import { doubts } from './doubts.ts';
import { NAMES } from './names.ts';
import { refusals } from './refusals.ts';

export type WordLanguage = 'zh' | 'en';

/** Chinese where LC_ALL, LC_MESSAGES or LANG (the first that is set) begins with zh. */
export function languageOf(env: Readonly<Record<string, string | undefined>>): WordLanguage {
  const locale = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '';
  return /^zh/iu.test(locale) ? 'zh' : 'en';
}

/**
 * The one sentence of a refusal or a doubt about a file: what, where, what to do. English is what was said where it happened; Chinese goes
 * by code, reason and data. Null where Chinese has no sentence for it (a test sees to it that everything of our own has one).
 */
export function sentenceOf(error: WireError, language: WordLanguage): string | null {
  if (language === 'en') return error.message;
  const values = { ...error.data, message: error.message };
  const { reason } = error.data;
  const said = typeof reason === 'string' ? refusals[`${error.code}.${reason}`] : undefined;
  for (const candidate of [said, refusals[error.code]].flatMap((each) => each ?? [])) {
    const filled = fill(candidate, values);
    if (filled !== null) return filled;
  }
  return doubtSentence(error.code, values);
}

/** The short sentence and the advice of a doubt as one sentence. */
function doubtSentence(code: string, values: Readonly<Record<string, unknown>>): string | null {
  const what = (doubts.zh.doubt as Readonly<Record<string, string>>)[code];
  if (what === undefined) return null;
  const todo = (doubts.zh.doubtTodo as Readonly<Record<string, string>>)[code];
  const parts = [what, todo].flatMap((part) =>
    part === undefined ? [] : [fill(part, values) ?? fill(part, values, '')],
  );
  return `${parts.join('；')}。`;
}

const HOLE = /\{\{\s*(\w+)\s*(?:,\s*([^}]+?)\s*)?\}\}/gu;

/** A sentence with its values put in; null where one is missing and nothing stands in for it. */
export function fill(sentence: string, values: Readonly<Record<string, unknown>>, blank?: string): string | null {
  let whole = true;
  const filled = sentence.replace(HOLE, (_, name: string, kind: string | undefined) => {
    const text = textOf(values[name]) ?? blank;
    if (text === undefined) whole = false;
    return (kind === undefined ? undefined : NAMES[kind]?.[text ?? '']) ?? text ?? '';
  });
  return whole ? filled : null;
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  if (typeof value === 'number') return String(value);
  return Array.isArray(value) ? value.map((each) => textOf(each) ?? '').join('、') : undefined;
}
