import { useState } from 'react';
import type { StatsGroup } from '../../../api/work.ts';
import { mapCommands } from '../../map/MapPane.tsx';
import { useQueryOf } from '../../app/engine.ts';
import { useSelection } from '../../app/stores/selection.ts';
import { ClarityBar } from '../../kit/Bars.tsx';
import { count, ratePercent, useWords } from '../../words/index.ts';
import { openComponents } from './doors.ts';
import type { Overview } from './types.ts';

/** Streets from the lowest rate up; the dashed line is the district's own rate. A click shows the street, a second opens its components. */
export function Ranking({ overview }: { overview: Overview }) {
  const { t } = useWords();
  const { byStreet } = overview;
  const streets = byStreet.groups
    .filter((group) => group.key !== null)
    .toSorted((a, b) => (a.clarityRate ?? 2) - (b.clarityRate ?? 2));
  const rate = byStreet.clarityRate;
  return (
    <section className="col ov-rank" aria-label={t('overview.streets')}>
      <div className="phead">
        <h2>{t('overview.streets')}</h2>
        <span className="t3 sm">{t('overview.ranked')}</span>
      </div>
      <div className="rk rkh" aria-hidden="true">
        <span>{t('overview.name')}</span>
        <span>{t('overview.parts')}</span>
        <span className="num">{t('overview.toClear')}</span>
        <span className="num">{t('overview.rateShort')}</span>
      </div>
      <div className="scroll grow">
        <div className="rel rkbody">
          <Whole overview={overview} />
          {streets.map((street) => (
            <Street key={street.key} street={street} />
          ))}
          {rate !== null && (
            <i className="ref" style={{ insetInlineStart: `calc(110px + ${rate} * var(--rank-bar))` }} />
          )}
        </div>
      </div>
    </section>
  );
}

function Whole({ overview }: { overview: Overview }) {
  const { t } = useWords();
  const { byClarity, inService, clear, clarityRate } = overview.byStreet;
  return (
    <div className="rk t2">
      <span>{t('overview.whole')}</span>
      <ClarityBar parts={byClarity} height={8} quiet />
      <span className="num">{count(inService - clear)}</span>
      <span className="num strong">{ratePercent(clarityRate)}</span>
    </div>
  );
}

function Street({ street }: { street: StatsGroup }) {
  const outline = useQueryOf('map.outline', {}).data;
  const id = outline?.streets.find((one) => one.code === street.key)?.id ?? null;
  const selected = useSelection((s) => s.layer === 'street' && id !== null && s.set.has(id));
  const [wasSelected, setWasSelected] = useState(false);
  const press = () => {
    if (selected && wasSelected) openStreet(street);
    else if (id !== null) {
      useSelection.getState().select('street', [id]);
      mapCommands.zoomTo({ layer: 'street', ids: [id] });
      setWasSelected(true);
    }
  };
  return (
    <button
      type="button"
      className={selected ? 'rk is-sel' : 'rk'}
      aria-pressed={selected}
      onClick={press}
      onDoubleClick={() => openStreet(street)}
    >
      <span className="cut">{street.name}</span>
      <ClarityBar parts={street.byClarity} height={8} quiet />
      <span className="num t3">{count(street.inService - street.clear)}</span>
      <span className="num strong">{ratePercent(street.clarityRate)}</span>
    </button>
  );
}

function openStreet(street: StatsGroup): void {
  openComponents([
    { kind: 'values', column: 'street_code', values: [street.key], names: [street.name ?? street.key ?? ''] },
  ]);
}
