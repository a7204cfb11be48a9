import { IconPackageImport } from '@tabler/icons-react';
import { RailBadge } from '../../kit/RailBadge.tsx';
import { useQueryOf } from '../../app/engine.ts';
import type { Screen } from '../index.tsx';
import { ImportScreen } from './ImportScreen.tsx';

/** Deliveries that are staged and wait for somebody to decide. */
function Waiting() {
  const { data } = useQueryOf('batch.list', {}, { keep: true });
  return <RailBadge waiting={data?.filter((batch) => batch.state === 'staged').length ?? 0} />;
}

export const screen: Screen = {
  id: 'import',
  icon: IconPackageImport,
  titleKey: 'frame.screen.import',
  Main: ImportScreen,
  Badge: Waiting,
};
