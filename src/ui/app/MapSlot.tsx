import { useLayoutEffect, useRef } from 'react';

/** The element the one map lives in for as long as the window does; it is carried from slot to slot, never made anew. */
export const mapHome: HTMLDivElement = document.createElement('div');
mapHome.className = 'map-home';

let park: HTMLElement | null = null;
/** Where the map waits, laid out but not shown, while no screen has a slot for it. */
export function setMapPark(element: HTMLElement | null): void {
  park = element;
  if (element !== null && mapHome.parentElement === null) element.append(mapHome);
}

/** A place on a screen where the map is to be; only one may be there at a time. */
export function MapSlot({ className }: { className?: string }) {
  const slot = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = slot.current;
    element?.append(mapHome);
    return () => {
      // The next screen's slot may have taken it already.
      if (mapHome.parentElement === element) park?.append(mapHome);
    };
  }, []);
  return <div ref={slot} className={className === undefined ? 'map-slot' : `map-slot ${className}`} />;
}
