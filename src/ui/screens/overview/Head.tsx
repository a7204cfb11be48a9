import { Popover } from '@mantine/core';
import { CLARITIES } from '../../../model/component.ts';
import { useSession } from '../../app/stores/session.ts';
import { ClarityBar } from '../../kit/Bars.tsx';
import { ClarityShape } from '../../kit/Shapes.tsx';
import { count, ratePercent, useWords } from '../../words/index.ts';
import { IN_SERVICE, openComponents } from './doors.ts';
import type { Overview } from './types.ts';

/** The one large figure, its four parts, and how large the district is. */
export function Head({ overview }: { overview: Overview }) {
  const { t } = useWords();
  const { byStreet, before } = overview;
  return (
    <section className="ov-head" aria-label={t('overview.rate')}>
      <div>
        <span className="cap">{t('overview.rate')}</span>
        <div className="row ov-rate">
          <span className="bigfig">
            {ratePercent(byStreet.clarityRate)}
            <small>%</small>
          </span>
          <Since now={byStreet.clarityRate} before={before} />
        </div>
      </div>
      <Parts overview={overview} />
      <Facts overview={overview} />
    </section>
  );
}

function Since({ now, before }: { now: number | null; before: Overview['before'] }) {
  const { t } = useWords();
  if (now === null || before === null) return null;
  const points = Math.round((now - before.rate) * 1000) / 10;
  if (points === 0) return null;
  const signed = `${points > 0 ? '+' : '−'}${Math.abs(points).toFixed(1)}`;
  return (
    <span className={`sm ov-since ${points > 0 ? 'tx-clear' : 'tx-unclear'}`}>
      {t('overview.since', { name: before.batchName, points: signed })}
    </span>
  );
}

function Parts({ overview }: { overview: Overview }) {
  const { t } = useWords();
  const { byClarity, inService } = overview.byStreet;
  return (
    <div className="grow ov-parts">
      <ClarityBar parts={byClarity} height={14} />
      <div className="row ov-part-list">
        {CLARITIES.map((clarity) => (
          <button
            key={clarity}
            type="button"
            className="ov-part"
            onClick={() =>
              openComponents([
                { kind: 'values', column: 'clarity', values: [clarity], names: [t(`values.clarity.${clarity}`)] },
                IN_SERVICE,
              ])
            }
          >
            <ClarityShape clarity={clarity} size={11} />
            <span className="t2">{t(`values.clarity.${clarity}`)}</span>
            <b>{count(byClarity[clarity])}</b>
            <span className="t3 sm">{inService === 0 ? '–' : `${ratePercent(byClarity[clarity] / inService)} %`}</span>
          </button>
        ))}
        <How />
      </div>
    </div>
  );
}

function How() {
  const { t } = useWords();
  return (
    <Popover width={380} position="bottom-end" shadow="none">
      <Popover.Target>
        <button type="button" className="link sm end nw">
          {t('overview.how')}
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <p className="strong">{t('overview.howTitle')}</p>
        <p className="sm t2 ov-how">{t('overview.howText')}</p>
      </Popover.Dropdown>
    </Popover>
  );
}

function Facts({ overview }: { overview: Overview }) {
  const { t } = useWords();
  const go = useSession((s) => s.go);
  const { components, inService, grids, streets, communities, districtAreaM2 } = overview.byStreet;
  return (
    <dl className="facts">
      <div>
        <dt>{t('overview.components')}</dt>
        <dd>
          <button type="button" className="bare" onClick={() => openComponents([])}>
            {count(components)}
          </button>
        </dd>
        <dd className="t3 sm">{t('overview.inService', { count: inService })}</dd>
      </div>
      <div>
        <dt>{t('overview.grids')}</dt>
        <dd>
          <button type="button" className="bare" onClick={() => go('grids')}>
            {count(grids)}
          </button>
        </dd>
        <dd className="t3 sm">{(districtAreaM2 / 1_000_000).toFixed(1)} km²</dd>
      </div>
      <div>
        <dt>{t('overview.streets')}</dt>
        <dd>{count(streets)}</dd>
        <dd className="t3 sm">{t('overview.communities', { count: communities })}</dd>
      </div>
    </dl>
  );
}
