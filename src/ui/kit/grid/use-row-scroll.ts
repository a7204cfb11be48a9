import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import {
  clampOffset,
  isCompressed,
  offsetOfScroll,
  offsetToShow,
  scrollOfOffset,
  type RowSpace,
} from './row-scroll.ts';

export interface RowScroll {
  offset: number;
  space: RowSpace;
  scroller: RefObject<HTMLDivElement | null>;
  onScroll: () => void;
  moveTo: (offset: number) => void;
  show: (row: number) => void;
}

/** Keeps the exact place; see `row-scroll.ts`. */
export function useRowScroll(rows: number, rowHeight: number, headHeight: number): RowScroll {
  const scroller = useRef<HTMLDivElement>(null);
  const [viewport, setViewport] = useState(400);
  const [offset, setOffset] = useState(0);
  const space: RowSpace = { rows, rowHeight, viewport };
  const now = useRef({ space, offset, told: -1 });
  useLayoutEffect(() => {
    now.current = { ...now.current, space, offset };
  });

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const measure = () => setViewport(Math.max(rowHeight, element.clientHeight - headHeight));
    const watch = new ResizeObserver(measure);
    watch.observe(element);
    measure();
    return () => watch.disconnect();
  }, [rowHeight, headHeight]);

  const moveTo = useCallback((to: number) => {
    const { space: own } = now.current;
    const next = clampOffset(own, to);
    setOffset(next);
    const element = scroller.current;
    if (element === null) return;
    element.scrollTop = scrollOfOffset(own, next);
    // The browser rounds; the event that follows must not be taken for a person dragging the bar.
    now.current.told = element.scrollTop;
  }, []);

  const onScroll = useCallback(() => {
    const element = scroller.current;
    if (element === null || element.scrollTop === now.current.told) return;
    now.current.told = -1;
    setOffset(offsetOfScroll(now.current.space, element.scrollTop));
  }, []);

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const wheel = (event: WheelEvent) => {
      if (!isCompressed(now.current.space) || event.deltaY === 0 || event.ctrlKey) return;
      event.preventDefault();
      const step = event.deltaMode === 1 ? rowHeight : 1;
      moveTo(now.current.offset + event.deltaY * step);
    };
    element.addEventListener('wheel', wheel, { passive: false });
    return () => element.removeEventListener('wheel', wheel);
  }, [moveTo, rowHeight]);

  // Fewer rows than before: the place must still exist.
  const kept = clampOffset(space, offset);
  useEffect(() => {
    if (kept !== offset) moveTo(kept);
  }, [kept, offset, moveTo]);

  const show = useCallback((row: number) => moveTo(offsetToShow(now.current.space, now.current.offset, row)), [moveTo]);
  return { offset: kept, space, scroller, onScroll, moveTo, show };
}
