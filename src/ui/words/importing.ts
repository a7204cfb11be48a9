import { area } from './area.ts';

export const importing = area({
  zh: { title: '导入' },
  en: { title: 'Import' },
});
