import { area } from './area.ts';

export const history = area({
  zh: { title: '历史' },
  en: { title: 'History' },
});
