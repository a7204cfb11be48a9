import { IconArrowsMaximize, IconFilter, IconFilterOff } from '@tabler/icons-react';
import { useFilter } from '../../app/stores/filter.ts';
import { useSelection } from '../../app/stores/selection.ts';
import { useView } from '../../app/stores/view.ts';
import { IconButton } from '../../kit/IconButton.tsx';
import { mapCommands } from '../../map/MapPane.tsx';
import { count, useWords } from '../../words/index.ts';
import { AddComponent } from './AddComponent.tsx';
import { ColumnsMenu } from './ColumnsMenu.tsx';
import { FilterChips } from './FilterChips.tsx';

const MOST_ZOOMED = 2000;

/** Chips on the left, counts and columns on the right. */
export function Toolbar({ facets, onFacets }: { facets: boolean; onFacets: () => void }) {
  const { t } = useWords();
  const { shown, total } = useView();
  const filtered = useFilter((s) => s.conditions.length > 0 || s.text.trim() !== '');
  const clear = useFilter((s) => s.clear);
  const selection = useSelection();
  const onMap = selection.layer === 'component' ? selection.ids.slice(0, MOST_ZOOMED) : [];
  return (
    <div className="toolbar" role="toolbar" aria-label={t('components.title')}>
      <IconButton label={t('components.filter.title')} keys="F" on={facets} onClick={onFacets} className="only-narrow">
        <IconFilter size={16} stroke={1.5} />
      </IconButton>
      <div className="chips">
        <FilterChips />
        {filtered && (
          <button type="button" className="btn is-bare is-sm" onClick={clear}>
            <IconFilterOff size={13} stroke={1.5} aria-hidden />
            {t('components.filter.clear')}
          </button>
        )}
        {!filtered && <h2 className="h2">{t('components.title')}</h2>}
      </div>
      <span className="end sm t2 nw">
        <b>{count(shown)}</b>
        {t('components.counts.of', { total })}
      </span>
      <span className="vr is-tight" />
      <AddComponent />
      <IconButton
        label={t('components.openRow')}
        disabledBecause={onMap.length === 0 ? t('components.nothingSelected') : null}
        onClick={() => mapCommands.zoomTo({ layer: 'component', ids: onMap })}
      >
        <IconArrowsMaximize size={16} stroke={1.5} />
      </IconButton>
      <ColumnsMenu />
    </div>
  );
}
