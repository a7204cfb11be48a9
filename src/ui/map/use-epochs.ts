import { useEffect, useState } from 'react';
import { useClient } from '../app/engine.ts';
import type { MapView } from './MapView.ts';

/** Revision at which each kind of thing on the map last changed; tiles asked for before are the last picture, not the truth. */
export function useEpochs(view: MapView | null): void {
  const client = useClient();
  const [epochs, setEpochs] = useState({ component: 0, unitGrid: 0, place: 0 });
  useEffect(
    () =>
      client.listen((event) => {
        if (event.event === 'checked') return;
        if (event.event !== 'changed') return;
        const { layers, revision } = event;
        setEpochs((now) => ({
          component: layers.some((layer) => COMPONENT.has(layer)) ? revision : now.component,
          unitGrid: layers.includes('unit_grid') ? revision : now.unitGrid,
          place: layers.includes('community') || layers.includes('street') ? revision : now.place,
        }));
      }),
    [client],
  );
  useEffect(() => view?.setEpochs(epochs), [view, epochs]);
}

/** Clarity on the map follows units and grids too. */
const COMPONENT = new Set(['component', 'unit', 'unit_alias', 'unit_grid', 'component_line', 'component_area']);
