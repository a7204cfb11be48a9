import type { WireError } from '../api/error.ts';
import type { BatchInfo } from '../api/delivery.ts';
import { faults } from '../api/words/faults.ts';
import { fill, sentenceOf } from '../api/words/sentence.ts';
import { WITH_OPTION, type Language } from './words.ts';

/** 2 the input is not usable · 3 a fault of Gewu's own · 130 stopped by the user. */
export function exitStatus(error: WireError): 2 | 3 | 130 {
  if (error.code === 'cancelled') return 130;
  return error.code === 'fault' ? 3 : 2;
}

/** The one sentence a person reads: what, where, what to do. */
export function sentence(error: WireError, language: Language): string {
  const option = language === 'zh' && error.data['reason'] === undefined ? WITH_OPTION[error.code] : undefined;
  const said = option === undefined ? null : fill(option, error.data);
  return said ?? sentenceOf(error, language) ?? error.message;
}

/** What a person should know of a file or of values that could not be taken, in one line. */
export function warningText(warning: BatchInfo['warnings'][number], language: Language): string {
  const why = word(faults.zh.cell, warning.code);
  if (language === 'zh' && why !== undefined && typeof warning.data['row'] === 'number') {
    const values = { ...warning.data, column: warning.data['column'] ?? '图形', why };
    return `${fill(faults.zh.cells, values, '')}；${fill(faults.zh.where, values, '')}。`;
  }
  return sentence(warning, language);
}

/** Why a row could enter no pile. */
export function rejectedText(row: BatchInfo['rejected'][number], language: Language): string {
  const why = word(faults.zh.rejected, row.code) ?? word(faults.zh.cell, row.code);
  return language === 'en' || why === undefined ? row.message : `${why}，未能入库`;
}

/** What a format could not hold. */
export function lossText(code: string, language: Language): string {
  return word(faults[language].loss, code) ?? faults[language].loss.other;
}

function word(words: Readonly<Record<string, string>>, code: string): string | undefined {
  return words[code];
}
