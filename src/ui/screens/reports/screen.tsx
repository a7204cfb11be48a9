import { IconClipboardList } from '@tabler/icons-react';
import type { Screen } from '../index.tsx';
import { ReportsScreen } from './ReportsScreen.tsx';

export const screen: Screen = {
  id: 'reports',
  icon: IconClipboardList,
  titleKey: 'frame.screen.reports',
  Main: ReportsScreen,
};
