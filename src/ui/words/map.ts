import { area } from './area.ts';

export const map = area({
  zh: { title: '地图' },
  en: { title: 'Map' },
});
