import type { Language } from '../../words/index.ts';

/** The title of a report or sheet in the language it is written in. */
export function titleOf({ titleZh, titleEn }: { titleZh: string; titleEn: string }, language: Language): string {
  return language === 'zh' ? titleZh : titleEn;
}
