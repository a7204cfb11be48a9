import { area } from './area.ts';

export const checks = area({
  zh: { title: '质检' },
  en: { title: 'Checks' },
});
