import { IconChecklist } from '@tabler/icons-react';
import type { Screen } from '../index.tsx';
import { ChecksScreen } from './ChecksScreen.tsx';
import { FindingPanel } from './FindingPanel.tsx';

export const screen: Screen = {
  id: 'checks',
  icon: IconChecklist,
  titleKey: 'frame.screen.checks',
  Main: ChecksScreen,
  Side: FindingPanel,
};
