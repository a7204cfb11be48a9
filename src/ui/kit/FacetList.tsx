import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import type { FacetValue } from '../../api/component.ts';
import type { CellValue } from '../../model/component.ts';
import { count, useWords } from '../words/index.ts';

interface FacetListProps {
  title: string;
  values: readonly FacetValue[];
  ticked: readonly CellValue[];
  /** What a person reads for a value. */
  nameOf: (value: FacetValue) => string;
  markOf?: (value: FacetValue) => ReactNode;
  /** Counts are on their way. */
  stale: boolean;
  onToggle: (value: CellValue, name: string) => void;
  /** Open from the start. */
  open?: boolean;
}
const SHORT = 5;
/** From this many on a search field helps. */
const SEARCH_FROM = 12;
const MOST_SHOWN = 200;

/** Values of one column with their counts; blank is a value like any other. */
export function FacetList({ title, values, ticked, nameOf, markOf, stale, onToggle, open = true }: FacetListProps) {
  const { t } = useWords();
  const [isOpen, setOpen] = useState(open);
  const [all, setAll] = useState(false);
  const [text, setText] = useState('');
  const Chevron = isOpen ? IconChevronDown : IconChevronRight;
  const long = values.length > SHORT + 1;
  const listed = listedValues(values, ticked, { all, text, nameOf });
  return (
    <section className="facet">
      <h3>
        <button type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {title}
          <Chevron size={14} stroke={1.5} aria-hidden />
        </button>
      </h3>
      {isOpen && all && values.length >= SEARCH_FROM && (
        <div className="field is-sm">
          <input
            aria-label={title}
            value={text}
            placeholder={t('components.facet.search', { count: values.length })}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        </div>
      )}
      {isOpen && (
        <ul className={stale ? 'is-stale' : undefined}>
          {listed.map((value) => (
            <FacetLine
              key={String(value.value)}
              name={nameOf(value)}
              count={value.count}
              blank={value.value === null}
              mark={markOf?.(value)}
              ticked={ticked.includes(value.value)}
              onToggle={() => onToggle(value.value, nameOf(value))}
            />
          ))}
          {values.length === 0 && <li className="t3">{t('components.facet.none')}</li>}
        </ul>
      )}
      {isOpen && long && (
        <button type="button" className="link xs" onClick={() => setAll(!all)}>
          {all ? t('components.facet.less') : t('components.facet.more', { count: values.length })}
        </button>
      )}
    </section>
  );
}

/** The first few, and those that are ticked wherever they stand. */
function listedValues(
  values: readonly FacetValue[],
  ticked: readonly CellValue[],
  { all, text, nameOf }: { all: boolean; text: string; nameOf: (value: FacetValue) => string },
): readonly FacetValue[] {
  if (all) {
    const typed = text.trim().toLowerCase();
    const found = typed === '' ? values : values.filter((one) => nameOf(one).toLowerCase().includes(typed));
    return found.slice(0, MOST_SHOWN);
  }
  if (values.length <= SHORT + 1) return values;
  return values.filter((one, i) => i < SHORT || ticked.includes(one.value));
}

interface FacetLineProps {
  name: string;
  count: number;
  blank: boolean;
  mark: ReactNode;
  ticked: boolean;
  onToggle: () => void;
}

function FacetLine({ name, count: n, blank, mark, ticked, onToggle }: FacetLineProps) {
  return (
    <li className={n === 0 ? 'is-zero' : undefined}>
      <label title={name}>
        <input type="checkbox" className="ck" checked={ticked} onChange={onToggle} />
        {mark}
        <span className={blank ? 'cut t3' : 'cut'}>{name}</span>
        <em>{count(n)}</em>
      </label>
    </li>
  );
}
