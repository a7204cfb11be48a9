import { create } from 'zustand';
import type { Bbox, Position } from '../../../model/geometry/types.ts';

/** What the map shows and where the pointer is; the map writes it, the status bar reads it. */
interface MapView {
  /** Project CRS, metres: east, north. */
  pointer: Position | null;
  lonLat: [lon: number, lat: number] | null;
  /** Denominator of the scale, at 96 dpi. */
  scale: number | null;
  /** What is in view, project CRS metres. */
  bbox: Bbox | null;
  setMapView: (view: Partial<Pick<MapView, 'pointer' | 'lonLat' | 'scale' | 'bbox'>>) => void;
}

export const useMapView = create<MapView>()((set) => ({
  pointer: null,
  lonLat: null,
  scale: null,
  bbox: null,
  setMapView: (view) => set(view),
}));
