import { IconChevronRight, IconPackageImport } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { CAUSE_TITLES, RULE_TITLES } from '../../../model/rule-titles.ts';
import { useJob, useQueryOf } from '../../app/engine.ts';
import { useSession } from '../../app/stores/session.ts';
import { Button } from '../../kit/Button.tsx';
import { ClarityShape, SeverityIcon } from '../../kit/Shapes.tsx';
import { count, useWords } from '../../words/index.ts';
import { openComponents } from './doors.ts';
import { openRule } from './open-rule.ts';
import type { Overview } from './types.ts';

const RULES_SHOWN = 6;

/** What needs doing today, each line a door to where it is done. */
export function Todo({ overview }: { overview: Overview }) {
  const { t, language } = useWords();
  const [now] = useState(() => new Date());
  const today = new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
    month: 'long',
    day: 'numeric',
    weekday: 'short',
  });
  return (
    <section className="col ov-todo" aria-label={t('overview.todo')}>
      <div className="phead">
        <h2>{t('overview.todo')}</h2>
        <span className="t3 sm end">{today.format(now)}</span>
      </div>
      <div className="scroll grow">
        <Batches overview={overview} />
        <Findings overview={overview} />
        <Causes overview={overview} />
      </div>
    </section>
  );
}

function Group({ title, note, children }: { title: string; note?: string; children: ReactNode }) {
  return (
    <div className="tg">
      <h3>
        <span>{title}</span>
        {note !== undefined && <span>{note}</span>}
      </h3>
      {children}
    </div>
  );
}

function Line({
  icon,
  text,
  about,
  number,
  onOpen,
}: {
  icon: ReactNode;
  text: string;
  about?: string;
  number: number;
  onOpen: () => void;
}) {
  return (
    <button type="button" className="td" onClick={onOpen}>
      {icon}
      <span className="cut">
        {text}
        {about !== undefined && <em>{about}</em>}
      </span>
      <b className="end">{count(number)}</b>
      <IconChevronRight size={14} stroke={1.5} aria-hidden />
    </button>
  );
}

function Batches({ overview }: { overview: Overview }) {
  const { t } = useWords();
  const go = useSession((s) => s.go);
  const staged = overview.batches.filter((batch) => batch.state === 'staged');
  return (
    <Group title={t('overview.batches')}>
      {staged.length === 0 && <p className="sm t3">{t('overview.noBatches')}</p>}
      {staged.map((batch) => (
        <Line
          key={batch.id}
          icon={<IconPackageImport size={16} stroke={1.5} aria-hidden />}
          text={batch.name}
          about={batch.person}
          number={batch.rows}
          onOpen={() => go('import')}
        />
      ))}
    </Group>
  );
}

function Findings({ overview }: { overview: Overview }) {
  const { t, language } = useWords();
  const checked = useQueryOf('check.rules', {}).data?.checkedAt ?? null;
  const check = useJob('check.run');
  const open = overview.rules
    .filter((rule) => rule.open > 0)
    .toSorted((a, b) => SEVERITY[a.severity] - SEVERITY[b.severity] || b.open - a.open);
  const rest = open.slice(RULES_SHOWN);
  const title = (id: string) => RULE_TITLES[id]?.[language] ?? id;
  return (
    <Group title={t('overview.findings')} note={t('overview.byRule')}>
      {open.length === 0 && (
        <p className="sm t3">{t(checked === null ? 'overview.notChecked' : 'overview.noFindings')}</p>
      )}
      {checked === null && open.length === 0 && (
        <Button small onClick={() => void check.run({})}>
          {t('overview.check')}
        </Button>
      )}
      {open.slice(0, RULES_SHOWN).map((rule) => (
        <Line
          key={rule.id}
          icon={<SeverityIcon severity={rule.severity} size={16} />}
          text={title(rule.id)}
          number={rule.open}
          onOpen={() => openRule(rule.id)}
        />
      ))}
      {rest.length > 0 && (
        <button type="button" className="more" onClick={() => openRule(null)}>
          {t('overview.moreRules', { rules: rest.length, count: rest.reduce((sum, rule) => sum + rule.open, 0) })}
        </button>
      )}
    </Group>
  );
}

const SEVERITY = { error: 0, warning: 1, info: 2 } as const;

function Causes({ overview }: { overview: Overview }) {
  const { t, language } = useWords();
  return (
    <Group title={t('overview.causes')} note={t('overview.byCause')}>
      {overview.causes.length === 0 && <p className="sm t3">{t('overview.noCauses')}</p>}
      {overview.causes.map(({ cause, count: number, clarity }) => (
        <Line
          key={cause}
          icon={<ClarityShape clarity={clarity} size={14} />}
          text={CAUSE_TITLES[cause]?.[language] ?? cause}
          number={number}
          onOpen={() =>
            openComponents([
              { kind: 'values', column: 'cause', values: [cause], names: [CAUSE_TITLES[cause]?.[language] ?? cause] },
            ])
          }
        />
      ))}
    </Group>
  );
}
