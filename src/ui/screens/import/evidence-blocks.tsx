import type { ReactNode } from 'react';
import { SeverityIcon } from '../../kit/Shapes.tsx';
import { useWords } from '../../words/index.ts';
import { SURE } from './unsure.ts';

interface BlockProps {
  caption: string;
  value: string;
  confidence: number;
  about: string;
  children: ReactNode;
}

/** One question: its answer and the shortest reason on the left, the candidates on the right. */
export function EvidenceBlock({ caption, value, confidence, about, children }: BlockProps) {
  const { t } = useWords();
  const sure = confidence >= SURE;
  return (
    <div className="ev">
      <div className="ev-answer">
        <span className="cap">{caption}</span>
        <div className="row g2 ev-value">
          <SeverityIcon severity={sure ? 'done' : 'warning'} label={t(sure ? 'evidence.sure' : 'evidence.unsure')} />
          <b>{value}</b>
        </div>
        <span className="xs t3">{about}</span>
      </div>
      <div className="ev-choices">{children}</div>
    </div>
  );
}

interface ChoiceProps {
  name: string;
  group: string;
  chosen: boolean;
  mark?: ReactNode;
  main: ReactNode;
  side: string;
  poor?: boolean;
  onChoose: () => void;
  /** The mouse or the focus came to it, or left it. */
  onPoint?: (on: boolean) => void;
}

/** One candidate as a radio with what speaks for it. */
export function EvidenceChoice({ name, group, chosen, mark, main, side, poor, onChoose, onPoint }: ChoiceProps) {
  return (
    <label
      className={chosen ? 'cd is-on' : 'cd'}
      onPointerEnter={() => onPoint?.(true)}
      onPointerLeave={() => onPoint?.(false)}
    >
      <input
        type="radio"
        className="rad"
        name={group}
        checked={chosen}
        onChange={onChoose}
        onFocus={() => onPoint?.(true)}
        onBlur={() => onPoint?.(false)}
      />
      <span className="cd-name">
        {mark}
        <span className="cut" title={name}>
          {name}
        </span>
      </span>
      <span className={poor === true ? 'grow cut t3' : 'grow cut'}>{main}</span>
      <span className="t3 nw">{side}</span>
    </label>
  );
}
