import { IconArrowDown } from '@tabler/icons-react';
import { useEffect } from 'react';
import type { Finding } from '../../../model/finding.ts';
import { useActions } from '../../app/actions.ts';
import { useQueryOf } from '../../app/engine.ts';
import { Button } from '../../kit/Button.tsx';
import { KeyHint } from '../../kit/KeyHint.tsx';
import { EmptyState } from '../../kit/notes.tsx';
import { SeverityIcon } from '../../kit/Shapes.tsx';
import { findingWords, ruleTitle } from '../../words/finding-words.ts';
import { useWords, when } from '../../words/index.ts';
import { primaryOf, useChosen } from './chosen.ts';
import { Compare } from './Compare.tsx';
import { Perform, useIntent, WaysOut, type Intent } from './WaysOut.tsx';

/** One finding: what it says, how far it has come, what differs, and the ways out. */
export function FindingPanel() {
  const { t } = useWords();
  const chosen = useChosen(primaryOf);
  const fresh = useQueryOf('finding.get', chosen === null ? null : { id: chosen.id }).data ?? chosen;
  useEffect(() => () => useChosen.getState().clear(), []);
  if (fresh === null) return <EmptyState title={t('checks.none.title')} about={t('checks.none.about')} />;
  return <Shown key={`${fresh.id} ${fresh.phase}`} finding={fresh} />;
}

function Shown({ finding }: { finding: Finding }) {
  const { t } = useWords();
  const intent = useIntent(finding);
  return (
    <>
      <div className="scroll grow" tabIndex={0} role="region" aria-label={t('findings.title')}>
        <Head finding={finding} />
        <Compare finding={finding} />
        <WaysOut intent={intent} />
        <Life finding={finding} />
      </div>
      <Foot intent={intent} />
    </>
  );
}

function Head({ finding }: { finding: Finding }) {
  const { t, language } = useWords();
  const at = (iso: string) => when(iso, language);
  const handled =
    finding.phase === 'open'
      ? t('checks.life.open')
      : finding.exception !== null
        ? t('checks.life.excused')
        : finding.fixedAt === null
          ? t('checks.life.fixed')
          : at(finding.fixedAt);
  const steps = [
    { key: 'found', words: t('checks.life.found'), state: at(finding.foundAt), done: true },
    { key: 'handled', words: t('checks.life.handled'), state: handled, done: finding.phase !== 'open' },
    {
      key: 'verified',
      words: t('checks.life.verified'),
      state: finding.phase === 'verified' ? t('checks.phase.verified') : '',
      done: finding.phase === 'verified',
    },
  ];
  return (
    <section className="sect chk-finding">
      <div className="row g2">
        <SeverityIcon
          severity={finding.phase === 'verified' ? 'done' : finding.severity}
          size={16}
          label={t(`values.severity.${finding.severity}`)}
        />
        <h2 className="title cut">{ruleTitle(finding.rule, language)}</h2>
      </div>
      <p className="sm t2">{findingWords(finding, language)}</p>
      <ol className="chk-life">
        {steps.map((step) => (
          <li key={step.key} className={step.done ? 'is-done' : undefined}>
            <b>{step.words}</b>
            <span className="cut">{step.state}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** What became of it so far. */
function Life({ finding }: { finding: Finding }) {
  const { t, language } = useWords();
  const at = (iso: string) => when(iso, language);
  const { exception } = finding;
  return (
    <section className="sect">
      <h3>{t('checks.life.title')}</h3>
      <ul className="chk-history">
        {exception !== null && (
          <li>
            <span>
              {t('checks.excusedBy', { person: exception.person, at: at(exception.at), reason: exception.reason })}
            </span>
            <span className="xs t3">
              {exception.until === null
                ? t('checks.excusedForever')
                : t('checks.excusedUntil', { until: exception.until })}
            </span>
          </li>
        )}
        {finding.fixedAt !== null && (
          <li>
            <span>{t('checks.fixedAt')}</span>
            <span className="xs t3">{at(finding.fixedAt)}</span>
          </li>
        )}
        <li>
          <span>{t('checks.foundAt')}</span>
          <span className="xs t3">{at(finding.foundAt)}</span>
        </li>
      </ul>
    </section>
  );
}

function Foot({ intent }: { intent: Intent }) {
  const { t } = useWords();
  const { index, total } = useChosen();
  const next = () =>
    useActions
      .getState()
      .actions.find((one) => one.id === 'finding.next')
      ?.perform();
  return (
    <div className="row g2 chk-foot">
      <Perform intent={intent} />
      <Button onClick={next}>
        <IconArrowDown size={14} stroke={1.5} aria-hidden />
        {t('checks.next')}
        <KeyHint keys="J" />
      </Button>
      <span className="end sm t3">{t('checks.of', { at: index + 1, total })}</span>
    </div>
  );
}
