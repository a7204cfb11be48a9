import { useMemo } from 'react';
import { crsInfo, isKnownCrs, knownCrsCodes } from '../../../model/geometry/crs.ts';
import { sayIf, useWords, type Language } from '../../words/index.ts';

const short = (name: string) => name.replace('2000国家大地坐标系', 'CGCS2000');

/** As people say it where there is such a word, else as the register does; its code where it has no name. */
function nameIn(code: string, language: Language): string {
  const own = sayIf(`evidence.crsName.${code.replaceAll(':', '')}`);
  if (own !== null || !isKnownCrs(code)) return own ?? code;
  const { nameZh, nameEn } = crsInfo(code);
  return short(language === 'zh' ? nameZh : nameEn);
}

/** How a coordinate system is called in the language of the screen, and every system a delivery may be in. */
export function useCrsName(): { nameOf: (code: string) => string; all: readonly { code: string; name: string }[] } {
  const { language } = useWords();
  return useMemo(() => {
    const nameOf = (code: string) => nameIn(code, language);
    return { all: knownCrsCodes().map((code) => ({ code, name: nameOf(code) })), nameOf };
  }, [language]);
}
