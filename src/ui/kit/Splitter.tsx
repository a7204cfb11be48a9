import { useRef, type KeyboardEvent, type PointerEvent } from 'react';

interface SplitterProps {
  /** 'columns' moves left and right, 'rows' up and down. */
  between: 'columns' | 'rows';
  label: string;
  /** Now, least and most, for assistive technology; same unit as `onMove` expects. */
  value: number;
  least: number;
  most: number;
  /** How far it was moved since the drag began, in pixels; `start` is the value when it began. */
  onMove: (pixels: number, start: number) => void;
  /** Which way the value grows: +1 right/down, -1 left/up. */
  grows?: 1 | -1;
}

const KEY_STEP = 16;

/** A line two panels share; drag it, or arrow keys while it has the focus. */
export function Splitter({ between, label, value, least, most, onMove, grows = 1 }: SplitterProps) {
  const drag = useRef<{ at: number; start: number } | null>(null);
  const place = (event: PointerEvent) => (between === 'columns' ? event.clientX : event.clientY);
  const keys = between === 'columns' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown'];
  const onKey = (event: KeyboardEvent) => {
    const way = keys.indexOf(event.key);
    if (way < 0) return;
    event.preventDefault();
    onMove((way === 0 ? -KEY_STEP : KEY_STEP) * grows, value);
  };
  return (
    <div
      className={between === 'rows' ? 'splitter' : 'splitter-v'}
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={between === 'rows' ? 'horizontal' : 'vertical'}
      aria-valuenow={Math.round(value * 100) / 100}
      aria-valuemin={least}
      aria-valuemax={most}
      onKeyDown={onKey}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        drag.current = { at: place(event), start: value };
      }}
      onPointerMove={(event) => {
        if (drag.current !== null) onMove((place(event) - drag.current.at) * grows, drag.current.start);
      }}
      onPointerUp={() => {
        drag.current = null;
      }}
    />
  );
}
