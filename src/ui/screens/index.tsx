import type { ComponentType } from 'react';
import type { TablerIcon } from '@tabler/icons-react';
import { SCREEN_IDS, type ScreenId } from '../app/stores/session.ts';
import type { WordKey } from '../words/index.ts';

/**
 * One of the screens on the rail. `Main` fills the space between rail and inspector; where it wants the map it puts `<MapSlot/>`, and the one
 * map of the window moves there. `Side` is the resizable column on the right; without one `Main` has the whole width.
 */
export interface Screen {
  id: ScreenId;
  icon: TablerIcon;
  titleKey: WordKey;
  Main: ComponentType;
  Side?: ComponentType;
  /** What waits there, as a number on the rail: draws `<RailBadge waiting={n} />`. */
  Badge?: ComponentType;
}

// Each screen is a folder here whose `screen.tsx` exports `screen`.
const found = import.meta.glob<{ screen: Screen }>('./*/screen.tsx', { eager: true });

/** In the order of the rail. */
export const screens: readonly Screen[] = Object.values(found)
  .map((module) => module.screen)
  .toSorted((a, b) => SCREEN_IDS.indexOf(a.id) - SCREEN_IDS.indexOf(b.id));
