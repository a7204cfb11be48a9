import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useGridEdit, type GridHeld } from '../app/stores/grid-edit.ts';
import { KeyHint } from '../kit/KeyHint.tsx';
import { parsePosition } from '../inspector/position.ts';
import { useWords, type Translate } from '../words/index.ts';
import { NODE_FIELD } from './node-actions.ts';
import type { NetworkKeys } from './tools/tool.ts';

/** What is held of the network by keys: which node, where it would go, and a field to type that. Said aloud as it changes. */
export function NodePanel({ network }: { network: () => NetworkKeys | null }) {
  const { t } = useWords();
  const held = useGridEdit((s) => s.held);
  const refusal = useGridEdit((s) => s.preview?.refusal ?? null);
  return (
    <>
      <p className="visually-hidden" role="status">
        {held === null ? '' : spoken(t, held, refusal)}
      </p>
      {held !== null && (
        <div className="float node-panel" role="group" aria-label={t('map.node.title')}>
          <b>{t(`map.node.kind.${held.kind}`, { n: held.index + 1, of: held.of })}</b>
          <CoordinateField held={held} network={network} />
          <span className="t2">{offsetText(t, held)}</span>
          <span className="t2">{t('map.node.follows', { count: held.grids })}</span>
          <span className="vr is-tight" />
          <span className="t2">
            <KeyHint keys="Enter" /> {t('map.node.keys')}
          </span>
          <span className="t2">
            <KeyHint keys="Esc" /> {t('map.node.back')}
          </span>
        </div>
      )}
    </>
  );
}

function CoordinateField({ held, network }: { held: GridHeld; network: () => NetworkKeys | null }) {
  const { t } = useWords();
  const shown = `${metres(held.at[0])}, ${metres(held.at[1])}`;
  const [text, setText] = useState(shown);
  const [wrong, setWrong] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  // What the arrows do is seen in the field, unless something is being typed there.
  useEffect(() => {
    if (document.activeElement !== field.current) setText(shown);
  }, [shown]);
  const back = () => document.querySelector<HTMLElement>('.map [role=application]')?.focus();
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') {
      setText(shown);
      setWrong(false);
      return back();
    }
    // The field shows millimetres: what was not typed is not rounded either.
    if (text === shown) {
      back();
      return network()?.commit();
    }
    const to = parsePosition(text);
    setWrong(to === null);
    if (to === null) return undefined;
    back();
    if (network()?.put(to) === true) network()?.commit();
  };
  return (
    <input
      ref={field}
      id={NODE_FIELD}
      className="code"
      aria-label={t('map.node.coordinates')}
      title={t('map.node.coordinates')}
      aria-invalid={wrong || undefined}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onFocus={(event) => event.currentTarget.select()}
      onBlur={() => setText(shown)}
      onKeyDown={onKeyDown}
    />
  );
}

function spoken(t: Translate, held: GridHeld, refusal: string | null): string {
  const place = { x: metres(held.at[0]), y: metres(held.at[1]) };
  const what = t(`map.node.kind.${held.kind}`, { n: held.index + 1, of: held.of });
  if (still(held)) return t('map.node.taken', { what, ...place, count: held.grids });
  return t('map.node.moved', { ...place, outcome: refusal ?? t('map.node.able') });
}

function offsetText(t: Translate, held: GridHeld): string {
  if (still(held)) return t('map.node.still');
  return t('map.node.off', { east: signed(held.by[0]), north: signed(held.by[1]) });
}

const still = ({ by }: GridHeld): boolean => Math.abs(by[0]) < 0.000_05 && Math.abs(by[1]) < 0.000_05;
/** To the millimetre, as a person types it. */
const metres = (value: number): string => value.toFixed(3).replace(/\.?0+$/u, '');
const signed = (value: number): string =>
  `${value < 0 ? '−' : '+'}${Math.abs(value)
    .toFixed(3)
    .replace(/\.?0+$/u, '')}`;
