import { useId, useState } from 'react';
import { Button } from '../../kit/Button.tsx';
import { useWords } from '../../words/index.ts';
import { enoughPoints, readControlPoints } from './control-points.ts';
import type { Shift } from './datum-need.ts';

interface Props {
  shift: Shift | null;
  busy: boolean;
  onApply: (shift: Shift) => void;
}

/** Places known in both systems, typed or pasted from a sheet. */
export function ControlPoints({ shift, busy, onApply }: Props) {
  const { t } = useWords();
  const hint = useId();
  const [text, setText] = useState(() => textOf(shift));
  const { points, badLine } = readControlPoints(text);
  const because = busy
    ? t('datum.wait')
    : badLine !== null
      ? t('datum.points.bad', { line: badLine })
      : enoughPoints(points)
        ? null
        : t('datum.points.few');
  return (
    <div className="col g1 datum-way">
      <textarea
        className="datum-points"
        rows={4}
        spellCheck={false}
        aria-label={t('datum.points.label')}
        aria-describedby={hint}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div className="row g2">
        <span id={hint} className="xs t3 grow">
          {badLine === null ? t('datum.points.hint') : t('datum.points.bad', { line: badLine })}
        </span>
        <span className="xs t2 nw">{t('datum.points.count', { count: points.length })}</span>
        <Button
          small
          look="main"
          disabledBecause={because}
          onClick={() => onApply({ method: 'control-points', points })}
        >
          {t('datum.apply')}
        </Button>
      </div>
    </div>
  );
}

function textOf(shift: Shift | null): string {
  if (shift?.method !== 'control-points') return '';
  return shift.points.map(({ name, from, to }) => [name ?? '', ...from, ...to].join('\t').trim()).join('\n');
}
