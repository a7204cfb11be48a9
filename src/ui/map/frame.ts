import TileGrid from 'ol/tilegrid/TileGrid.js';
import Projection from 'ol/proj/Projection.js';
import type { Position } from '../../model/geometry/types.ts';
import { TILE_PIXELS, tileSize } from '../../model/tile.ts';

const LEVELS = 22;

/** The project's own plane: metres east and north, no world around it, and the square its tiles divide. */
export interface MapFrame {
  projection: Projection;
  tileGrid: TileGrid;
  extent: [number, number, number, number];
  resolutions: number[];
}

export function createFrame({ origin, size }: { origin: Position; size: number }): MapFrame {
  const extent: MapFrame['extent'] = [origin[0], origin[1] - size, origin[0] + size, origin[1]];
  const projection = new Projection({
    code: 'gewu:project',
    units: 'm',
    extent,
    axisOrientation: 'enu',
    global: false,
  });
  const resolutions = Array.from({ length: LEVELS }, (_, z) => tileSize(size, z) / TILE_PIXELS);
  const tileGrid = new TileGrid({ origin: [...origin], extent, resolutions, tileSize: TILE_PIXELS });
  return { projection, tileGrid, extent, resolutions };
}
