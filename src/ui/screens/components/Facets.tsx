import type { FacetValue } from '../../../api/component.ts';
import { CLARITIES, type Clarity } from '../../../model/component.ts';
import { useQueryOf } from '../../app/engine.ts';
import { tickedValues, toFilter, useFilter } from '../../app/stores/filter.ts';
import { FacetList } from '../../kit/FacetList.tsx';
import { KeyHint } from '../../kit/KeyHint.tsx';
import { ErrorNote } from '../../kit/notes.tsx';
import { ClarityShape } from '../../kit/Shapes.tsx';
import { ClassSymbolMark } from '../../kit/Symbol.tsx';
import { valueWords } from '../../words/cell.ts';
import { useWords } from '../../words/index.ts';
import { FilterText } from './FilterText.tsx';

/** In the order they stand; the later ones begin closed. */
const COLUMNS = [
  'clarity',
  'major_code',
  'street_code',
  'owner_id',
  'class_code',
  'state',
  'phase',
  'confirmation',
] as const;
const OPEN_FROM_START = 5;

/** The filter as lists of values; counts recompute under one another. */
export function Facets({ width }: { width: number }) {
  const { t, language } = useWords();
  const { conditions, text, toggleValue } = useFilter();
  const { data, error, isFetching } = useQueryOf(
    'component.facets',
    { filter: toFilter({ conditions, text }), columns: [...COLUMNS] },
    { keep: true },
  );
  const nameOf = (column: string) => (one: FacetValue) =>
    (language === 'en' ? one.nameEn : null) ??
    (language === 'en' && column === 'major_code' ? valueWords(column, one.value) : null) ??
    one.name ??
    valueWords(column, one.value);
  return (
    <aside className="facets" style={{ inlineSize: width }} aria-label={t('components.filter.title')}>
      <div className="toolbar">
        <h2 className="h2">{t('components.filter.title')}</h2>
        <span className="end row">
          <KeyHint keys="F" />
        </span>
      </div>
      <div className="scroll grow" tabIndex={-1}>
        <FilterText />
        {error !== null && <ErrorNote error={error} />}
        {data !== undefined &&
          COLUMNS.map((column, i) => (
            <FacetList
              key={column}
              title={t(`components.facetName.${column}`)}
              values={ordered(column, data.facets[column] ?? [])}
              ticked={tickedValues(conditions, column)}
              nameOf={nameOf(column)}
              markOf={(one) => mark(column, one)}
              stale={isFetching}
              open={i < OPEN_FROM_START}
              onToggle={(value, name) => toggleValue(column, value, name)}
            />
          ))}
      </div>
    </aside>
  );
}

/** Clarity keeps its one order, zero counts too; others come by count. */
function ordered(column: string, values: readonly FacetValue[]): readonly FacetValue[] {
  if (column !== 'clarity') return values;
  return CLARITIES.map(
    (one) => values.find((value) => value.value === one) ?? { value: one, name: null, nameEn: null, count: 0 },
  );
}

function mark(column: string, one: FacetValue) {
  if (column === 'clarity') return <ClarityShape clarity={one.value as Clarity} />;
  if (column === 'class_code') return <ClassSymbolMark className={one.name} />;
  return null;
}
