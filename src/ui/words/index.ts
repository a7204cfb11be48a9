import i18next, { type TOptions } from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import type { SameKeys, WordKeys } from './area.ts';
import { areas } from './areas.ts';
import { formatValue, type Language } from './format.ts';

type Areas = typeof areas;
type Zh = { readonly [A in keyof Areas]: Areas[A]['zh'] };

/** Every key there is: 'frame.search', 'errors.conflict', … */
export type WordKey = WordKeys<Zh>;
export type Values = Readonly<Record<string, string | number | null | undefined>>;
/** Translates a key; a key that does not exist does not compile. */
export type Translate = (key: WordKey, values?: Values) => string;

export { count, fileSize, ratePercent, when, type Language } from './format.ts';

function wordsOf(language: Language): SameKeys<Zh> {
  const entries = Object.entries(areas).map(([name, both]) => [name, both[language]]);
  return Object.fromEntries(entries) as SameKeys<Zh>;
}

export const i18n = i18next.createInstance();

/** Starts the words; without a language given, the one remembered or Chinese. */
export function startWords(language: Language): void {
  void i18n
    .use({
      type: 'formatter' as const,
      init: () => undefined,
      format: formatValue,
      add: () => undefined,
      addCached: () => undefined,
    })
    .use(initReactI18next)
    .init({
      lng: language,
      fallbackLng: false,
      initAsync: false,
      resources: { zh: { translation: wordsOf('zh') }, en: { translation: wordsOf('en') } },
      interpolation: { escapeValue: false, alwaysFormat: true },
      returnNull: false,
    });
}

/** The words outside React (toasts, actions). */
export const say: Translate = (key, values) => i18n.t(key, values as TOptions);

/** For keys made from data (error codes, commands, causes): null where there is no such sentence. */
export function sayIf(key: string, values?: Values): string | null {
  return i18n.exists(key) ? i18n.t(key, values as TOptions) : null;
}

/** The words inside React; the component draws anew when the language changes. */
export function useWords(): { t: Translate; language: Language } {
  const { i18n: live } = useTranslation(undefined, { i18n });
  return { t: say, language: live.language === 'en' ? 'en' : 'zh' };
}
