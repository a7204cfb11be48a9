import { IconMapPin } from '@tabler/icons-react';
import { Inspector } from '../../inspector/Inspector.tsx';
import type { Screen } from '../index.tsx';
import { ComponentsScreen } from './ComponentsScreen.tsx';

export const screen: Screen = {
  id: 'components',
  icon: IconMapPin,
  titleKey: 'frame.screen.components',
  Main: ComponentsScreen,
  Side: Inspector,
};
