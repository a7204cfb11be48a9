import type { Client } from '../../api/client.ts';
import type { LayerName } from '../../model/component.ts';
import { bboxOfShape, unionBbox } from '../../model/geometry/bbox.ts';
import type { Bbox } from '../../model/geometry/types.ts';
import { tellFailure } from '../app/tell.ts';
import type { MapView } from './MapView.ts';

const MOST = 2000;

/** What others may ask of the map. */
export interface MapCommands {
  /** `least`: metres shown at least; about a hundred unless said. */
  zoomTo(what: Bbox | { layer: LayerName; ids: readonly number[] }, options?: { least?: number }): void;
  fit(): void;
  zoomBy(steps: number): void;
}

let current: { view: MapView; client: Client } | null = null;

/** The one map hands itself over while it lives. */
export function setCurrentMap(view: MapView | null, client: Client): void {
  current = view === null ? null : { view, client };
}

export const mapCommands: MapCommands = {
  zoomTo(what, options = {}) {
    if (current === null) return;
    if (Array.isArray(what)) current.view.zoomTo(what, options.least);
    else if ('layer' in what) zoomToFeatures(current, what).catch(tellFailure);
  },
  fit: () => current?.view.fit(),
  zoomBy: (steps) => current?.view.zoomBy(steps),
};

async function zoomToFeatures(
  { view, client }: { view: MapView; client: Client },
  { layer, ids }: { layer: LayerName; ids: readonly number[] },
): Promise<void> {
  const features = await client.call('map.features', { layer, ids: ids.slice(0, MOST) });
  const boxes = features
    .flatMap((one) => (one.shape === null ? [] : [bboxOfShape(one.shape)]))
    .filter((box) => box !== null);
  const [first, ...others] = boxes;
  if (first !== undefined) view.zoomTo(others.reduce<Bbox>(unionBbox, first));
}
