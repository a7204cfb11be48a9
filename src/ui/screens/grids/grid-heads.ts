import type { Column } from '../../../model/component.ts';
import type { Language } from '../../words/index.ts';

/** Headings of the columns of grids, shorter than the standard's where that is no loss. */
const SHORT: Record<Language, Record<string, string>> = {
  zh: { street_code: '街道（镇）', community_code: '社区（村）' },
  en: { name: 'Name', street_code: 'Street', community_code: 'Community', responsible_id: 'Responsible' },
};

export function gridHead(column: Column, language: Language): string {
  return SHORT[language][column.name] ?? (language === 'zh' ? column.zh : column.en);
}
