import type { StatsGroup } from '../../../api/work.ts';
import { count, ratePercent, useWords } from '../../words/index.ts';
import { openComponents } from './doors.ts';
import type { Overview } from './types.ts';

/** By phase and by major class: how many, and how clear. The bar's length is the number, its filled part the rate. */
export function Breakdown({ overview }: { overview: Overview }) {
  const { t } = useWords();
  return (
    <section className="ov-bottom">
      <Bars
        title={`${t('overview.byPhase')}　${t('overview.countAndRate')}`}
        groups={overview.byPhase.toSorted(byPhase)}
        column="phase"
      />
      <Bars title={t('overview.byMajor')} groups={overview.byMajor} column="major_code" />
    </section>
  );
}

const NUMERALS = '一二三四五六七八九十';

/** Phases in their own order: 一期, 二期, 三期 (their code points run 一, 三, 二), blanks last. */
function byPhase(a: StatsGroup, b: StatsGroup): number {
  const rank = (group: StatsGroup) => {
    if (group.key === null) return Number.MAX_SAFE_INTEGER;
    const numeral = NUMERALS.indexOf(group.key.replace('第', '').charAt(0));
    return numeral < 0 ? NUMERALS.length : numeral;
  };
  return rank(a) - rank(b) || (a.key ?? '').localeCompare(b.key ?? '', 'zh');
}

function Bars({ title, groups, column }: { title: string; groups: StatsGroup[]; column: 'phase' | 'major_code' }) {
  const { t, language } = useWords();
  const most = Math.max(1, ...groups.map((group) => group.inService));
  return (
    <div className="grow">
      <h2 className="cap">{title}</h2>
      {groups.slice(0, 5).map((group) => {
        const own = language === 'en' ? (group.nameEn ?? group.name) : group.name;
        const name = own ?? group.key ?? t('overview.blank');
        return (
          <button
            key={group.key}
            type="button"
            className="hb"
            onClick={() => openComponents([{ kind: 'values', column, values: [group.key], names: [name] }])}
          >
            <span className="cut">{name}</span>
            <span className="hb-room">
              <span className="hbt" style={{ inlineSize: `${(group.inService / most) * 100}%` }}>
                <i style={{ inlineSize: `${(group.clarityRate ?? 0) * 100}%` }} />
              </span>
            </span>
            <span className="num">{count(group.inService)}</span>
            <span className="num strong">{ratePercent(group.clarityRate)}</span>
          </button>
        );
      })}
    </div>
  );
}
