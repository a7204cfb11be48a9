import { create } from 'zustand';
import type { AppInfo, ProjectInfo } from '../../../api/project.ts';
import type { Language } from '../../words/format.ts';

export const SCREEN_IDS = [
  'overview',
  'import',
  'components',
  'responsibility',
  'grids',
  'checks',
  'reports',
  'history',
] as const;
export type ScreenId = (typeof SCREEN_IDS)[number];
export type Theme = 'light' | 'dark';
export type Density = 'compact' | 'regular' | 'relaxed';

interface Session {
  app: AppInfo | null;
  project: ProjectInfo | null;
  /** False until the engine has said whether a project is open. */
  known: boolean;
  connected: boolean;
  /** Why the window could not begin; null when it could. */
  failure: Error | null;
  language: Language;
  theme: Theme;
  density: Density;
  screen: ScreenId;
  /** Local time of the last acknowledged change, for 'Saved 14:32'; null before the first of this session. */
  savedAt: Date | null;
  setApp: (app: AppInfo) => void;
  setProject: (project: ProjectInfo | null) => void;
  setConnected: (connected: boolean) => void;
  setFailure: (failure: Error) => void;
  setLanguage: (language: Language) => void;
  setTheme: (theme: Theme) => void;
  setDensity: (density: Density) => void;
  go: (screen: ScreenId) => void;
  noteSaved: (at: Date) => void;
}

const KEPT = 'gewu.look';

/** Language, theme and row height are kept per browser profile; the first time they follow the system, Chinese by default. */
function remembered(): Pick<Session, 'language' | 'theme' | 'density'> {
  const text = globalThis.localStorage?.getItem(KEPT) ?? '{}';
  const kept = JSON.parse(text) as Partial<Record<string, string>>;
  const dark = globalThis.matchMedia?.('(prefers-color-scheme: dark)').matches ?? false;
  const density = kept['density'];
  return {
    language: kept['language'] === 'en' ? 'en' : 'zh',
    theme: kept['theme'] === 'dark' || (kept['theme'] === undefined && dark) ? 'dark' : 'light',
    density: density === 'compact' || density === 'relaxed' ? density : 'regular',
  };
}

export const useSession = create<Session>()((set) => ({
  app: null,
  project: null,
  known: false,
  connected: true,
  failure: null,
  ...remembered(),
  screen: 'overview',
  savedAt: null,
  setApp: (app) => set({ app }),
  setProject: (project) => set({ project, known: true }),
  setConnected: (connected) => set({ connected }),
  setFailure: (failure) => set({ failure }),
  setLanguage: (language) => set({ language }),
  setTheme: (theme) => set({ theme }),
  setDensity: (density) => set({ density }),
  go: (screen) => set({ screen }),
  noteSaved: (savedAt) => set({ savedAt }),
}));

useSession.subscribe(({ language, theme, density }, before) => {
  if (language === before.language && theme === before.theme && density === before.density) return;
  globalThis.localStorage?.setItem(KEPT, JSON.stringify({ language, theme, density }));
});
