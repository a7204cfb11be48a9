import { area } from './area.ts';

export const grids = area({
  zh: { title: '网格' },
  en: { title: 'Grids' },
});
