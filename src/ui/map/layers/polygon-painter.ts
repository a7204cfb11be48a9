import { FLAG_OUTSIDE, TILE_PIXELS } from '../../../model/tile.ts';
import type { PolygonTile } from '../tiles/decode.ts';

type Canvas2d = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

export type PolygonPainter = (
  context: Canvas2d,
  tile: PolygonTile,
  /** Metres a CSS pixel; the context is scaled so that one unit is one CSS pixel, origin upper left. */
  resolution: number,
) => void;

/** Whether a feature lies outside the filter in force. */
export const isOutside = (flags: number): boolean => (flags & FLAG_OUTSIDE) !== 0;

/** A little beyond the tile, for the width of lines. CSS pixels. */
const MARGIN = 8;

/** Traces all rings of a feature, in CSS pixels of the tile; rings that lie beside the tile are left out. */
export function traceRings(context: Canvas2d, rings: Float32Array[], resolution: number): void {
  const least = -MARGIN * resolution;
  const most = (TILE_PIXELS + MARGIN) * resolution;
  for (const ring of rings) {
    if (liesBeside(ring, least, most)) continue;
    for (let i = 0; i + 1 < ring.length; i += 2) {
      const x = (ring[i] ?? 0) / resolution;
      const y = (ring[i + 1] ?? 0) / resolution;
      if (i === 0) context.moveTo(x, y);
      else context.lineTo(x, y);
    }
    context.closePath();
  }
}

function liesBeside(ring: Float32Array, least: number, most: number): boolean {
  let [left, right, above, below] = [true, true, true, true];
  for (let i = 0; i + 1 < ring.length; i += 2) {
    const x = ring[i] ?? 0;
    const y = ring[i + 1] ?? 0;
    left &&= x < least;
    right &&= x > most;
    above &&= y < least;
    below &&= y > most;
    if (!left && !right && !above && !below) return false;
  }
  return true;
}
