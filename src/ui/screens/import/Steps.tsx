import { IconArrowLeft, IconCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useEngine } from '../../app/engine.ts';
import { IconButton } from '../../kit/IconButton.tsx';
import { useWords } from '../../words/index.ts';
import { FLOW_STEPS, type FlowStep } from './flow.ts';
import { leave } from './flow-actions.ts';

/** Title of a delivery and how far it has come. */
export function ImportHead({
  title,
  about,
  step,
  children,
}: {
  title: string;
  about: string;
  step: FlowStep;
  children?: ReactNode;
}) {
  const { t } = useWords();
  const engine = useEngine();
  const at = FLOW_STEPS.indexOf(step);
  return (
    <header className="imp-head">
      <IconButton label={t('importing.back')} onClick={() => leave(engine)}>
        <IconArrowLeft size={16} stroke={1.5} />
      </IconButton>
      <h1 className="title cut">{title}</h1>
      <span className="sm t3 nw cut">{about}</span>
      {children}
      <ol className="steps end" aria-label={t('importing.steps')}>
        {FLOW_STEPS.map((one, i) => (
          <li
            key={one}
            className={i === at ? 'is-on' : i < at ? 'is-done' : undefined}
            aria-current={i === at ? 'step' : undefined}
          >
            {i < at ? <IconCheck size={13} stroke={1.5} aria-hidden /> : <span>{i + 1}</span>}
            {t(`importing.step.${one}`)}
          </li>
        ))}
      </ol>
    </header>
  );
}
