import { useEffect, useRef, useState, type RefObject } from 'react';
import type { Bbox } from '../../model/geometry/types.ts';
import { transformer } from '../../model/geometry/crs.ts';
import type { Position } from '../../model/geometry/types.ts';
import { useClient, useQueryOf } from '../app/engine.ts';
import { useMapView } from '../app/stores/map-view.ts';
import { useSession } from '../app/stores/session.ts';
import { MapView, type MapEvents } from './MapView.ts';
import { useMapState } from './map-state.ts';

const POINTER_MS = 60;

/** Project CRS to lon/lat, or null where the relation is not known. */
function lonLatOf(crs: string, known: boolean): (at: Position) => [number, number] | null {
  if (!known) return () => null;
  const transform = transformer(crs, 'EPSG:4490');
  return ([x, y]) => transform(x, y);
}

/** Makes the map once the engine has told the frame of its tiles, and lets go of it with the project. */
export function useMapInstance(target: RefObject<HTMLDivElement | null>): MapView | null {
  const client = useClient();
  const frame = useQueryOf('map.frame', {});
  const [view, setView] = useState<MapView | null>(null);
  // The frame is a new object at every answer; only its numbers count.
  const [left, top] = frame.data?.origin ?? [];
  const size = frame.data?.size;
  useEffect(() => {
    const element = target.current;
    if (element === null || left === undefined || top === undefined || size === undefined) return undefined;
    const made = new MapView(element, client, { origin: [left, top], size }, events());
    const watch = new ResizeObserver(() => {
      made.resize();
      setView(made);
    });
    watch.observe(element);
    return () => {
      watch.disconnect();
      made.dispose();
      setView(null);
      useMapView.getState().setMapView({ pointer: null, lonLat: null, scale: null, bbox: null });
    };
  }, [left, top, size, client, target]);
  return view;
}

function events(): MapEvents {
  const { project } = useSession.getState();
  const lonLat = lonLatOf(project?.crs.code ?? '', project?.crs.lonLatKnown === true);
  let told = 0;
  let later: ReturnType<typeof setTimeout> | undefined;
  const tell = (at: Position | null) => {
    clearTimeout(later);
    told = performance.now();
    useMapView.getState().setMapView({ pointer: at, lonLat: at === null ? null : lonLat(at) });
  };
  return {
    // Not at every move, but always where the pointer came to rest.
    onPointer(at) {
      clearTimeout(later);
      const wait = at === null ? 0 : told + POINTER_MS - performance.now();
      if (wait <= 0) tell(at);
      else later = setTimeout(() => tell(at), wait);
    },
    onView({ bbox, resolution, scale }) {
      useMapView.getState().setMapView({ bbox, scale });
      useMapState.setState({ resolution });
    },
    onThinned: (thinned) => useMapState.setState({ thinned }),
    onNote: (note) => useMapState.setState({ note }),
  };
}

/** The project's extent is shown once it is known and the map has a size; later it is only remembered for "show everything". */
export function useExtent(view: MapView | null, target: RefObject<HTMLDivElement | null>): void {
  const project = useSession((s) => s.project);
  const info = useQueryOf('project.info', {});
  const [minX, minY, maxX, maxY] = info.data?.extent ?? project?.extent ?? [];
  const fitted = useRef<MapView | null>(null);
  useEffect(() => {
    const element = target.current;
    if (view === null || element === null || minX === undefined || minY === undefined) return undefined;
    if (maxX === undefined || maxY === undefined) return undefined;
    const extent: Bbox = [minX, minY, maxX, maxY];
    const first = fitted.current !== view;
    view.setExtent(extent, false);
    if (!first) return undefined;
    const fit = () => {
      if (element.clientWidth === 0 || element.clientHeight === 0) return;
      watch.disconnect();
      fitted.current = view;
      view.resize();
      view.fit(0);
    };
    const watch = new ResizeObserver(fit);
    watch.observe(element);
    return () => watch.disconnect();
  }, [view, minX, minY, maxX, maxY, target]);
}
