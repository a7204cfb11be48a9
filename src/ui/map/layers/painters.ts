import type { Palette } from '../palette.ts';
import { NEAR } from '../scale.ts';
import { isOutside, traceRings, type PolygonPainter } from './polygon-painter.ts';

/** Tiles are drawn at half to full size; lines are that much wider on them, so that they come out right on the screen. */
const SHRINK = 1.5;

/** Grid lines, magenta as the standard asks: a quiet mesh at small scale, coming forward from 1 : 10 000. */
export function gridPainter(palette: Palette): PolygonPainter {
  return (context, tile, resolution) => {
    const near = resolution <= NEAR.grids;
    context.lineWidth = (near ? 0.8 : 0.35) * SHRINK;
    context.strokeStyle = palette.grid;
    context.lineJoin = 'round';
    for (const outside of [false, true]) {
      // Over the whole district the mesh is a texture under the figures, not lines to be read.
      const far = resolution > NEAR.dots ? 0.6 : 1;
      context.globalAlpha = (near ? palette.gridClear : palette.gridQuiet * far) * (outside ? 0.45 : 1);
      context.beginPath();
      for (const feature of tile.features) {
        if (isOutside(feature.flags) === outside) traceRings(context, feature.rings, resolution);
      }
      context.stroke();
    }
  };
}

/** Every second community a shade darker, their borders dash-dot from 1 : 25 000. */
export function communityPainter(palette: Palette): PolygonPainter {
  return (context, tile, resolution) => {
    context.fillStyle = palette.landAlt;
    context.beginPath();
    for (const feature of tile.features) {
      if (((feature.flags >>> 8) & 1) === 1) traceRings(context, feature.rings, resolution);
    }
    context.fill('evenodd');
    if (resolution > NEAR.communities) return;
    context.strokeStyle = palette.community;
    context.lineWidth = (resolution <= NEAR.symbols ? 1 : 0.7) * SHRINK;
    context.setLineDash([7, 3, 1.5, 3]);
    context.beginPath();
    for (const feature of tile.features) traceRings(context, feature.rings, resolution);
    context.stroke();
    context.setLineDash([]);
  };
}
