import type { FacetValue } from '../../../api/component.ts';
import type { Output } from '../../../api/contract.ts';
import { type BatchInfo, type Decision, type Pile } from '../../../api/delivery.ts';
import { useClasses } from '../../app/classes.ts';
import { useQueryOf } from '../../app/engine.ts';
import { FacetList } from '../../kit/FacetList.tsx';
import { ClassSymbolMark } from '../../kit/Symbol.tsx';
import { useWords } from '../../words/index.ts';
import { cellName, reasonName } from './batch-words.ts';
import { PileCoverage } from './PileCoverage.tsx';
import type { PileFilter } from './use-batch-rows.ts';

interface PileFacetsProps {
  batch: BatchInfo;
  pile: Pile;
  filter: PileFilter;
  onFilter: (filter: PileFilter) => void;
}

/** What is in the pile: by class, street, what changed, why a person should look, and what was decided. */
export function PileFacets({ batch, pile, filter, onFilter }: PileFacetsProps) {
  const { t, language } = useWords();
  const { data, isFetching } = useQueryOf('batch.facets', { id: batch.id, pile }, { keep: true });
  const { classes } = useClasses();
  const english = (code: string | null) =>
    language === 'en' ? (classes.find((one) => one.code === code)?.nameEn ?? null) : null;
  const as = (list: readonly { value: string | null; name?: string | null; count: number }[]): FacetValue[] =>
    list.map(({ value, name, count }) => ({ value, name: name ?? null, nameEn: null, count }));
  const toggle = (part: keyof PileFilter) => {
    return (value: FacetValue['value']) => {
      const now: readonly string[] = filter[part];
      const text = String(value);
      onFilter({ ...filter, [part]: now.includes(text) ? now.filter((one) => one !== text) : [...now, text] });
    };
  };
  return (
    <aside className="facets imp-facets scroll" tabIndex={0} aria-label={t('piles.facets')}>
      <h2 className="visually-hidden">{t('piles.facets')}</h2>
      {pile === 'gone' && batch.as === 'component' && <PileCoverage batch={batch} />}
      {data !== undefined && data.classes.some((one) => one.value !== null) && (
        <FacetList
          title={t('piles.facet.class')}
          values={as(data.classes.filter((one) => one.value !== null))}
          ticked={filter.classCode}
          nameOf={(one) => english(String(one.value)) ?? one.name ?? String(one.value)}
          markOf={classMark}
          stale={isFetching}
          onToggle={toggle('classCode')}
        />
      )}
      {data !== undefined && <PlaceAndReason data={data} filter={filter} stale={isFetching} toggle={toggle} as={as} />}
      {data !== undefined && data.columns.length > 0 && (
        <FacetList
          title={t('piles.facet.column')}
          values={as(data.columns)}
          ticked={filter.column}
          nameOf={(one) => cellName(batch.as, String(one.value), language)}
          stale={isFetching}
          onToggle={toggle('column')}
        />
      )}
      {data !== undefined && pile !== 'same' && (
        <FacetList
          title={t('piles.facet.decision')}
          values={as(decisions(data.decisions))}
          ticked={filter.decision}
          nameOf={(one) => t(`piles.decision.${one.value as Decision}`)}
          stale={isFetching}
          onToggle={toggle('decision')}
        />
      )}
    </aside>
  );
}

interface PartProps {
  data: Output<'batch.facets'>;
  filter: PileFilter;
  stale: boolean;
  toggle: (part: keyof PileFilter) => (value: FacetValue['value']) => void;
  as: (list: readonly { value: string | null; name?: string | null; count: number }[]) => FacetValue[];
}

/** By street, and by why a person should look. */
function PlaceAndReason({ data, filter, stale, toggle, as }: PartProps) {
  const { t } = useWords();
  const streets = data.streets.filter((one) => one.value !== null);
  return (
    <>
      {streets.length > 0 && (
        <FacetList
          title={t('piles.facet.street')}
          values={as(streets)}
          ticked={filter.street}
          nameOf={(one) => one.name ?? String(one.value)}
          stale={stale}
          onToggle={toggle('street')}
        />
      )}
      {data.reasons.length > 0 && (
        <FacetList
          title={t('piles.facet.reason')}
          values={as(data.reasons)}
          ticked={filter.reason}
          nameOf={(one) => reasonName(String(one.value))}
          stale={stale}
          onToggle={toggle('reason')}
        />
      )}
    </>
  );
}

const classMark = (one: FacetValue) => <ClassSymbolMark className={one.name} />;

/** Always the same three, in one order; nobody's decisions count zero. */
function decisions(counted: readonly { value: Decision; count: number }[]) {
  return (['accept', 'reject', 'pending'] as const).map(
    (value) => counted.find((one) => one.value === value) ?? { value, count: 0 },
  );
}
