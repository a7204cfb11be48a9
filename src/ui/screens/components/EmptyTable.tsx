import { useFilter } from '../../app/stores/filter.ts';
import { useSession } from '../../app/stores/session.ts';
import { useView } from '../../app/stores/view.ts';
import { Button } from '../../kit/Button.tsx';
import { EmptyState } from '../../kit/notes.tsx';
import { useWords } from '../../words/index.ts';

/** Says whether there is nothing at all or only nothing under the filter. */
export function EmptyTable() {
  const { t } = useWords();
  const { total, viewId } = useView();
  const clear = useFilter((s) => s.clear);
  const go = useSession((s) => s.go);
  if (viewId === null) return null;
  if (total > 0) {
    return (
      <EmptyState title={t('components.emptyFiltered.title')} about={t('components.emptyFiltered.about', { total })}>
        <Button onClick={clear}>{t('components.filter.clear')}</Button>
      </EmptyState>
    );
  }
  return (
    <EmptyState title={t('components.emptyAll.title')} about={t('components.emptyAll.about')}>
      <Button look="main" onClick={() => go('import')}>
        {t('components.emptyAll.go')}
      </Button>
    </EmptyState>
  );
}
