import { IconHistory } from '@tabler/icons-react';
import type { Screen } from '../index.tsx';
import { HistoryScreen } from './HistoryScreen.tsx';

export const screen: Screen = {
  id: 'history',
  icon: IconHistory,
  titleKey: 'frame.screen.history',
  Main: HistoryScreen,
};
