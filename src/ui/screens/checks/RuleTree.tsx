import { IconChevronDown, IconChevronRight, IconRefresh } from '@tabler/icons-react';
import { useState, type KeyboardEvent } from 'react';
import type { RuleInfo } from '../../../api/work.ts';
import { SEVERITIES, type FindingPhase, type Severity } from '../../../model/finding.ts';
import { useJob } from '../../app/engine.ts';
import { withPerson } from '../../app/project.ts';
import { useShownRule } from '../../app/stores/rule.ts';
import { useToasts } from '../../app/stores/toasts.ts';
import { tellFailure } from '../../app/tell.ts';
import { Progress } from '../../app/TasksButton.tsx';
import { taskLine } from '../../app/task-words.ts';
import { Button } from '../../kit/Button.tsx';
import { ErrorNote } from '../../kit/notes.tsx';
import { SeverityIcon } from '../../kit/Shapes.tsx';
import { ruleTitle } from '../../words/finding-words.ts';
import { count, useWords, when } from '../../words/index.ts';
import { useChosen } from './chosen.ts';
import type { Rules } from './use-rules.ts';

/** Rules by severity with what they found here, outside the filter and excused; running them again. */
export function RuleTree({ rules, width }: { rules: Rules; width: number }) {
  const { t } = useWords();
  return (
    <aside className="col chk-tree" style={{ inlineSize: width }} aria-label={t('checks.rules')}>
      <Head rules={rules} />
      {rules.error !== null && <ErrorNote error={rules.error} />}
      <Phases rules={rules.rules} />
      <Tree rules={rules} />
    </aside>
  );
}

function Head({ rules }: { rules: Rules }) {
  const { t, language } = useWords();
  const job = useJob('check.run');
  const run = () =>
    withPerson(() => {
      void job.run({}).then((done) => {
        if (done === null) return;
        const { error, warning, info } = done.bySeverity;
        const text = error + warning + info === 0 ? t('checks.ranNone') : t('checks.ran', { error, warning, info });
        useToasts.getState().show({ tone: 'done', text });
      }, tellFailure);
    });
  const at = rules.checkedAt === null ? null : when(rules.checkedAt, language);
  const line = job.task === null ? null : taskLine(job.task, job.task.startedAt);
  return (
    <div className="chk-head">
      <div className="toolbar">
        <h1 className="h2">{t('checks.title')}</h1>
        <span className="end sm t3 cut">
          {at === null ? (rules.known ? t('checks.never') : '') : t(rules.stale ? 'checks.stale' : 'checks.at', { at })}
        </span>
        <Button small busy={job.busy} onClick={run}>
          {!job.busy && <IconRefresh size={13} stroke={1.5} aria-hidden />}
          {t(job.busy ? 'checks.running' : 'checks.run')}
        </Button>
      </div>
      {job.busy && (
        <div className="chk-progress">
          <Progress share={line?.share ?? null} label={t('checks.running')} />
          <p className="row xs t3">
            <span className="grow cut">{line === null ? '' : `${line.stage} ${line.detail}`}</span>
            <button type="button" className="link" onClick={job.cancel}>
              {t('frame.cancel')}
            </button>
          </p>
        </div>
      )}
    </div>
  );
}

const PHASES: readonly FindingPhase[] = ['open', 'fixed', 'verified', 'excused'];

/** found → fixed → verified, and excused beside them; one of them is listed. */
function Phases({ rules }: { rules: readonly RuleInfo[] }) {
  const { t } = useWords();
  const phase = useChosen((s) => s.phase);
  const setPhase = useChosen((s) => s.setPhase);
  return (
    <div className="chk-phases" role="group" aria-label={t('checks.phases')}>
      {PHASES.map((one) => (
        <button key={one} type="button" aria-pressed={phase === one} onClick={() => setPhase(one)}>
          <b>{count(rules.reduce((sum, rule) => sum + rule[one], 0))}</b>
          <span>{t(`checks.phase.${one}`)}</span>
        </button>
      ))}
    </div>
  );
}

function Tree({ rules }: { rules: Rules }) {
  const { t } = useWords();
  const phase = useChosen((s) => s.phase);
  const [sound, setSound] = useState(false);
  const withSome = (rule: RuleInfo) => rule[phase] > 0 || (phase === 'open' && rule.excused > 0);
  const quiet = rules.rules.filter((rule) => !withSome(rule));
  return (
    <div className="scroll grow" tabIndex={-1}>
      <div className="chk-row is-head" aria-hidden="true">
        <span className="grow">{t('checks.rules')}</span>
        {phase === 'open' && (
          <>
            <span className="num">{t('checks.here')}</span>
            <span className="num">{t('checks.elsewhere')}</span>
            <span className="num">{t('checks.excused')}</span>
          </>
        )}
        {phase !== 'open' && <span className="num">{t('checks.count')}</span>}
      </div>
      {SEVERITIES.map((severity) => (
        <Group
          key={severity}
          severity={severity}
          rules={rules}
          listed={rules.rules.filter((rule) => rule.severity === severity && (sound || withSome(rule)))}
        />
      ))}
      {quiet.length > 0 && (
        <button type="button" className="link sm t3 chk-sound" onClick={() => setSound(!sound)}>
          {sound ? t('checks.hideSound') : t('checks.sound', { count: quiet.length })}
        </button>
      )}
    </div>
  );
}

function Group({ severity, rules, listed }: { severity: Severity; rules: Rules; listed: readonly RuleInfo[] }) {
  const { t } = useWords();
  const phase = useChosen((s) => s.phase);
  const [open, setOpen] = useState(true);
  if (listed.length === 0) return null;
  const Chevron = open ? IconChevronDown : IconChevronRight;
  const sum = listed.reduce((all, rule) => all + hereOf(rule, phase), 0);
  return (
    <section aria-label={t(`checks.severityGroup.${severity}`)}>
      <h2>
        <button type="button" className="chk-row is-group" aria-expanded={open} onClick={() => setOpen(!open)}>
          <Chevron size={14} stroke={1.5} aria-hidden />
          <SeverityIcon severity={severity} />
          <b className="grow cut">{t(`checks.severityGroup.${severity}`)}</b>
          <span className="num">{count(sum)}</span>
          {phase === 'open' && (
            <>
              <span className="num" />
              <span className="num" />
            </>
          )}
        </button>
      </h2>
      {open && (
        <ul>
          {listed.map((rule) => (
            <li key={rule.id}>
              <RuleRow rule={rule} on={rules.shown?.id === rule.id} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** Within the filter where one is set; of the whole project otherwise. */
export function hereOf(rule: RuleInfo, phase: FindingPhase): number {
  return phase === 'open' ? (rule.here ?? rule.open) : rule[phase];
}

function RuleRow({ rule, on }: { rule: RuleInfo; on: boolean }) {
  const { language } = useWords();
  const phase = useChosen((s) => s.phase);
  const here = hereOf(rule, phase);
  const elsewhere = rule.open - here;
  const go = (event: KeyboardEvent<HTMLElement>) => {
    const way = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (way === 0) return;
    const all = [...(event.currentTarget.closest('.chk-tree')?.querySelectorAll<HTMLElement>('[data-rule]') ?? [])];
    const next = all[all.indexOf(event.currentTarget) + way];
    if (next === undefined) return;
    event.preventDefault();
    next.focus();
    next.click();
  };
  return (
    <button
      type="button"
      data-rule={rule.id}
      className={on ? 'chk-row is-sel' : 'chk-row'}
      aria-current={on || undefined}
      title={[ruleTitle(rule.id, language), rule.clause].filter((one) => one !== null).join('\n')}
      onKeyDown={go}
      onClick={() => {
        useShownRule.getState().show(rule.id);
        useChosen.getState().clear();
      }}
    >
      <span className="grow cut chk-rule">{ruleTitle(rule.id, language)}</span>
      <span className={here === 0 ? 'num t3' : 'num'}>{here === 0 ? '–' : count(here)}</span>
      {phase === 'open' && (
        <>
          <span className="num t3">{elsewhere <= 0 ? '–' : count(elsewhere)}</span>
          <span className="num t3">{rule.excused === 0 ? '–' : count(rule.excused)}</span>
        </>
      )}
    </button>
  );
}
