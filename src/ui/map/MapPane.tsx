import type { Bbox } from '../../model/geometry/types.ts';
import type { LayerName } from '../../model/component.ts';

/** What others may ask of the map. */
export interface MapCommands {
  zoomTo(what: Bbox | { layer: LayerName; ids: readonly number[] }): void;
  fit(): void;
}

export const mapCommands: MapCommands = {
  zoomTo: () => undefined,
  fit: () => undefined,
};

/** The frame of the map: it fills the slot it is carried to. */
export function MapPane() {
  return <div className="map" />;
}
