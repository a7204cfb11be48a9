import { SegmentedControl } from '@mantine/core';
import { useGridEdit } from '../../app/stores/grid-edit.ts';
import { useWords } from '../../words/index.ts';
import { useGridDesk, type GridList } from './desk.ts';

/** Which of the lists stands under the map; only the title while there is but one. */
export function ListSwitch({ on }: { on: GridList }) {
  const { t } = useWords();
  const set = useGridDesk((s) => s.set);
  const faults = useGridDesk((s) => s.faults);
  const moved = useGridEdit((s) => s.done?.rehomed.length ?? 0);
  const lists = [
    { value: 'table', label: t('grids.seg.table') },
    ...(moved === 0 ? [] : [{ value: 'moved', label: t('grids.seg.moved', { count: moved }) }]),
    ...(faults === null
      ? []
      : [{ value: 'faults', label: t('grids.seg.faults', { count: faults.found.faults.length }) }]),
  ];
  if (lists.length === 1) return <h2 className="h2">{t('grids.title')}</h2>;
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('grids.seg.label')}
      data={lists}
      value={on}
      onChange={(value) => set({ list: value as GridList })}
    />
  );
}
