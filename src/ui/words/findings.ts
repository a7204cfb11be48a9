import { area } from './area.ts';

export const findings = area({
  zh: { title: '问题' },
  en: { title: 'Findings' },
});
