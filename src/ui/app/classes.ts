import { useMemo } from 'react';
import type { ClassInfo } from '../../api/component.ts';
import { useWords } from '../words/index.ts';
import { useQueryOf } from './engine.ts';

const NONE: readonly ClassInfo[] = [];

/** The catalogues in force, and how a class is called in the language of the screen. */
export function useClasses(): {
  classes: readonly ClassInfo[];
  nameOf: (scheme: string | null, code: string | null, zh: string | null) => string | null;
  /** A class by its Chinese name, where scheme and code are not at hand; other text stays as it is. */
  wordOf: (zh: string | null) => string | null;
} {
  const { language } = useWords();
  const { data } = useQueryOf('class.list', {});
  const classes = data ?? NONE;
  const byCode = useMemo(() => new Map(classes.map((one) => [`${one.scheme}|${one.code}`, one])), [classes]);
  const nameOf = useMemo(
    () => (scheme: string | null, code: string | null, zh: string | null) => {
      const found = byCode.get(`${scheme ?? ''}|${code ?? ''}`);
      // A name that is not the class's own is somebody's text and stays as it is.
      if (zh !== null && zh !== '' && found !== undefined && zh !== found.name) return zh;
      return (language === 'en' ? (found?.nameEn ?? found?.name) : found?.name) ?? zh;
    },
    [byCode, language],
  );
  const byName = useMemo(() => new Map(classes.map((one) => [one.name, one.nameEn])), [classes]);
  const wordOf = useMemo(
    () => (zh: string | null) => (zh === null || language === 'zh' ? zh : (byName.get(zh) ?? zh)),
    [byName, language],
  );
  return { classes, nameOf, wordOf };
}
