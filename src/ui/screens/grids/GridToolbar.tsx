import { IconArrowsMaximize } from '@tabler/icons-react';
import type { ViewInfo } from '../../../api/component.ts';
import { useSelection } from '../../app/stores/selection.ts';
import { IconButton } from '../../kit/IconButton.tsx';
import { mapCommands } from '../../map/MapPane.tsx';
import { count, useWords } from '../../words/index.ts';
import { CheckTiling } from './CheckTiling.tsx';
import { FindGrid } from './FindGrid.tsx';
import { GridConditions } from './GridConditions.tsx';
import { ListSwitch } from './ListSwitch.tsx';

const MOST_ZOOMED = 2000;

/** Finding and conditions on the left; counts and what can be done on the right. */
export function GridToolbar({ view }: { view: ViewInfo | undefined }) {
  const { t } = useWords();
  const selection = useSelection();
  const onMap = selection.layer === 'unit_grid' ? selection.ids.slice(0, MOST_ZOOMED) : [];
  return (
    <div className="toolbar" role="toolbar" aria-label={t('grids.title')}>
      <ListSwitch on="table" />
      <FindGrid />
      <GridConditions />
      {view !== undefined && (
        <span className="end sm t2 nw">
          <b>{count(view.shown)}</b>
          {t('grids.shown', { total: view.total })}
        </span>
      )}
      <span className="vr is-tight" />
      <IconButton
        label={t('grids.zoom')}
        disabledBecause={onMap.length === 0 ? t('grids.nothingSelected') : null}
        onClick={() => mapCommands.zoomTo({ layer: 'unit_grid', ids: onMap })}
      >
        <IconArrowsMaximize size={16} stroke={1.5} />
      </IconButton>
      <CheckTiling />
    </div>
  );
}
