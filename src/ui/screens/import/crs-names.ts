import { useMemo } from 'react';
import { useSession } from '../../app/stores/session.ts';
import { sayIf, useWords } from '../../words/index.ts';

const short = (name: string) => name.replace('2000国家大地坐标系', 'CGCS2000');

/** How a coordinate system is called in the language of the screen; its code where it has no name. */
export function useCrsName(): { nameOf: (code: string) => string; all: readonly { code: string; name: string }[] } {
  const { language } = useWords();
  const known = useSession((s) => s.app?.crs);
  return useMemo(() => {
    const all = (known ?? []).map(({ code, nameZh, nameEn }) => ({
      code,
      name: short(language === 'zh' ? nameZh : nameEn),
    }));
    // Lon/lat and its encrypted forms are no project's system, so the list does not hold them.
    const own = (code: string) => sayIf(`evidence.crsName.${code.replaceAll(':', '')}`);
    return { all, nameOf: (code: string) => all.find((one) => one.code === code)?.name ?? own(code) ?? code };
  }, [known, language]);
}
