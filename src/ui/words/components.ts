import { area } from './area.ts';

export const components = area({
  zh: { title: '部件' },
  en: { title: 'Components' },
});
