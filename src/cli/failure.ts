import type { WireError } from '../api/error.ts';
import { REFUSALS_ZH, type Language } from './words.ts';

/** 2 the input is not usable · 3 a fault of Gewu's own · 130 stopped by the user. */
export function exitStatus(error: WireError): 2 | 3 | 130 {
  if (error.code === 'cancelled') return 130;
  return error.code === 'fault' ? 3 : 2;
}

/** The one sentence a person reads: what, where, what to do. */
export function sentence(error: WireError, language: Language): string {
  const chinese = REFUSALS_ZH[error.code];
  if (language === 'en' || chinese === undefined) return error.message;
  return chinese.replace(/\{(\w+)\}/gu, (_, name: string) => {
    const value = name === 'message' ? error.message : error.data[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  });
}
