import { area } from './area.ts';

export const inspector = area({
  zh: { title: '详情' },
  en: { title: 'Details' },
});
