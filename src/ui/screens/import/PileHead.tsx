import type { KeyboardEvent } from 'react';
import type { BatchInfo, Pile } from '../../../api/delivery.ts';
import { count, useWords } from '../../words/index.ts';
import { PileMark } from './PileMark.tsx';

/** In the order of a person's interest. */
const PILE_ORDER: readonly Pile[] = ['new', 'changed', 'gone', 'same', 'unclear'];

/** The five piles with how many rows lie in each and how many of them are decided. */
export function PileHead({ batch, pile, onPile }: { batch: BatchInfo; pile: Pile; onPile: (pile: Pile) => void }) {
  const { t } = useWords();
  const onKey = (event: KeyboardEvent<HTMLElement>) => {
    const way = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const next = PILE_ORDER[(PILE_ORDER.indexOf(pile) + way + PILE_ORDER.length) % PILE_ORDER.length];
    if (way === 0 || next === undefined) return;
    event.preventDefault();
    onPile(next);
    event.currentTarget.querySelector<HTMLElement>(`[data-pile=${next}]`)?.focus();
  };
  return (
    <div className="piles" role="tablist" tabIndex={-1} aria-label={t('piles.piles')} onKeyDown={onKey}>
      {PILE_ORDER.map((one) => (
        <PileTab key={one} batch={batch} pile={one} on={one === pile} onPile={onPile} />
      ))}
    </div>
  );
}

function PileTab({
  batch,
  pile,
  on,
  onPile,
}: {
  batch: BatchInfo;
  pile: Pile;
  on: boolean;
  onPile: (pile: Pile) => void;
}) {
  const { t } = useWords();
  const rows = batch.piles[pile];
  const { accept, reject } = batch.decided[pile];
  const done = rows === 0 ? 0 : (accept + reject) / rows;
  const nothing = pile === 'same' || rows === 0;
  return (
    <button
      type="button"
      role="tab"
      data-pile={pile}
      aria-selected={on}
      tabIndex={on ? 0 : -1}
      className={`pile is-${pile}${on ? ' is-on' : ''}`}
      onClick={() => onPile(pile)}
    >
      <span className="row g2">
        <PileMark pile={pile} />
        <span>{t(`piles.pile.${pile}`)}</span>
        <b className="end">{count(rows)}</b>
      </span>
      <span className="pile-bar" aria-hidden="true">
        <i style={{ inlineSize: `${(pile === 'same' && rows > 0 ? 1 : done) * 100}%` }} />
      </span>
      <span className="row g2 xs t3">
        <span className="cut">{t(`piles.pileAbout.${pile}`)}</span>
        <span className="end nw">{nothing ? '' : decidedWords(accept, reject, t)}</span>
      </span>
    </button>
  );
}

function decidedWords(accept: number, reject: number, t: ReturnType<typeof useWords>['t']): string {
  if (accept === 0 && reject === 0) return t('piles.undecided');
  const parts = [
    accept > 0 ? t('piles.accepted', { count: accept }) : '',
    reject > 0 ? t('piles.rejected', { count: reject }) : '',
  ];
  return parts.filter((one) => one !== '').join(' · ');
}
