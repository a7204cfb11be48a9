import { IconLayoutDashboard } from '@tabler/icons-react';
import type { Screen } from '../index.tsx';
import { OverviewScreen } from './OverviewScreen.tsx';

export const screen: Screen = {
  id: 'overview',
  icon: IconLayoutDashboard,
  titleKey: 'frame.screen.overview',
  Main: OverviewScreen,
};
