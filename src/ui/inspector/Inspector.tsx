import { useSelection } from '../app/stores/selection.ts';
import { EmptyState } from '../kit/notes.tsx';
import { useWords } from '../words/index.ts';
import { ComponentInspector } from './ComponentInspector.tsx';
import { GridInspector } from './GridInspector.tsx';
import { ManyInspector } from './ManyInspector.tsx';
import { PlaceInspector } from './PlaceInspector.tsx';

/** What is selected: one component, one grid, a street or community, or many together. */
export function Inspector() {
  const { t } = useWords();
  const { layer, ids, primary } = useSelection();
  if (primary === null) {
    return (
      <div className="insp-none">
        <EmptyState title={t('inspector.none.title')} about={t('inspector.none.about')} />
      </div>
    );
  }
  if (layer === 'component')
    return ids.length > 1 ? <ManyInspector ids={ids} /> : <ComponentInspector key={primary} id={primary} />;
  if (layer === 'unit_grid') return <GridInspector key={primary} id={primary} />;
  return <PlaceInspector key={`${layer}${primary}`} layer={layer} id={primary} />;
}
