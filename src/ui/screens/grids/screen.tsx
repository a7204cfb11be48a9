import { IconGrid4x4 } from '@tabler/icons-react';
import type { Screen } from '../index.tsx';
import { GridSide } from './GridSide.tsx';
import { GridsScreen } from './GridsScreen.tsx';

export const screen: Screen = {
  id: 'grids',
  icon: IconGrid4x4,
  titleKey: 'frame.screen.grids',
  Main: GridsScreen,
  Side: GridSide,
};
