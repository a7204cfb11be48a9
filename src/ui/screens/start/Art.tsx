import { useEffect, useRef } from 'react';
import gridsUrl from '../../../../resources/start/grids.svg?url';

/** The sample district's grids behind the start screen. The drawing takes its colours from the page, so it is put into it, not shown as a picture. */
export function Art() {
  const home = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const stop = new AbortController();
    const put = async () => {
      const answer = await fetch(gridsUrl, { signal: stop.signal });
      const text = answer.ok ? await answer.text() : '';
      const drawing = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
      if (drawing.localName === 'svg' && !stop.signal.aborted) home.current?.replaceChildren(drawing);
    };
    // Without the drawing the screen is as useful as with it.
    put().catch(() => undefined);
    return () => stop.abort();
  }, []);
  return <div ref={home} className="start-art" aria-hidden="true" />;
}
