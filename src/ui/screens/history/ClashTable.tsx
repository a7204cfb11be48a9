import { useWords } from '../../words/index.ts';
import { changedColumn, featureWords } from './change-words.ts';
import { useChangeNames } from './names.ts';
import type { Clashes } from './use-take-back.ts';

/** Cells that were changed since: what they hold, what they would be, and by which revision. */
export function ClashTable({ clashes: { list, count } }: { clashes: Clashes }) {
  const { t, language } = useWords();
  const names = useChangeNames(list);
  const blank = t('values.blank');
  return (
    <div className="scroll clashes is-inset" tabIndex={0}>
      <table className="sheet-table">
        <thead>
          <tr>
            <th scope="col">{t('history.what')}</th>
            <th scope="col">{t('history.column')}</th>
            <th scope="col">{t('history.clash.current')}</th>
            <th scope="col">{t('history.clash.would')}</th>
            <th scope="col">{t('history.clash.since')}</th>
          </tr>
        </thead>
        <tbody>
          {list.map((clash) => (
            <tr key={`${clash.layer} ${clash.id} ${clash.column}`}>
              <td>{featureWords(clash, names)}</td>
              <td>{changedColumn(clash, t, language)}</td>
              <td>{names.valueOf(clash.column, clash.now) ?? blank}</td>
              <td>{names.valueOf(clash.column, clash.was) ?? blank}</td>
              <td>{t('history.number', { id: clash.revision })}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {count > list.length && (
        <p className="sm t3 sheet-note">{t('history.clash.more', { count: count - list.length })}</p>
      )}
    </div>
  );
}
