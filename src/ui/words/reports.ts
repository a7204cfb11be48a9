import { area } from './area.ts';

export const reports = area({
  zh: { title: '报表' },
  en: { title: 'Reports' },
});
