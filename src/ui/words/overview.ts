import { area } from './area.ts';

export const overview = area({
  zh: { title: '总览' },
  en: { title: 'Overview' },
});
