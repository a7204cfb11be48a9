import { FLAG_OUTSIDE } from '../../../model/tile.ts';
import { NEAR } from '../scale.ts';
import type { PointTile } from '../tiles/decode.ts';
import type { Sprite, Sprites } from './sprites.ts';

/** Density: specks of this many pixels in ink. */
const SPECK = 1.5;
const SPECK_ALPHA = 0.42;
/** Points between two looks at the clock. */
const STRIDE = 256;
/** Symbols reach this far beyond their place, CSS pixels. */
const MARGIN = 20;

export type PointLook = { dot: number } | { symbol: number } | { speck: number };

/** How points look at a resolution: specks whose crowding tells the density, dots from 5 to 6 px, then class symbols of 14 and 16 px. */
export function pointLook(resolution: number): PointLook {
  if (resolution <= NEAR.codes) return { symbol: 16 };
  if (resolution <= NEAR.symbols) return { symbol: 14 };
  if (resolution <= NEAR.communities) return { dot: 6 };
  return resolution <= NEAR.dots ? { dot: 5 } : { speck: SPECK };
}

/** The part of the map a picture shows. `ratio`: device pixels a CSS pixel; width and height in CSS pixels. */
export interface PictureFrame {
  extent: readonly number[];
  resolution: number;
  ratio: number;
  width: number;
  height: number;
}

type DrawPoint = (x: number, y: number, tile: PointTile, i: number, ghost: boolean) => void;

export function blankCanvas({ ratio, width, height }: PictureFrame): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  return canvas;
}

/** A picture of the points of some tiles under way; drawn in slices, so that tens of thousands of them never hold up a frame. */
export class PointDrawing {
  readonly frame: PictureFrame;
  readonly canvas: HTMLCanvasElement;
  readonly #steps: Iterator<void>;

  constructor(frame: PictureFrame, tiles: readonly PointTile[], sprites: Sprites, hidden: ReadonlySet<number>) {
    this.frame = frame;
    this.canvas = blankCanvas(frame);
    this.#steps = this.#stamp(tiles, sprites, hidden);
  }

  /** Goes on until it is finished (true) or the time is over, `performance.now()`. */
  goOn(until: number): boolean {
    for (;;) {
      if (this.#steps.next().done === true) return true;
      if (performance.now() >= until) return false;
    }
  }

  *#stamp(tiles: readonly PointTile[], sprites: Sprites, hidden: ReadonlySet<number>): Generator<void> {
    const context = this.canvas.getContext('2d');
    if (context === null) return;
    const { extent, resolution, ratio } = this.frame;
    const [minX = 0, minY = 0, maxX = 0, maxY = 0] = extent;
    const margin = MARGIN * resolution;
    const drawn = new Set<number>();
    const draw = drawer(context, pointLook(resolution), sprites);
    context.scale(ratio, ratio);
    // What is outside the filter lies below what is inside, across all tiles.
    for (const ghost of [true, false]) {
      for (const tile of tiles) {
        for (let i = 0; i < tile.count; i += 1) {
          if (i % STRIDE === STRIDE - 1) yield;
          if (((tile.flags[i] ?? 0) & FLAG_OUTSIDE) !== (ghost ? FLAG_OUTSIDE : 0)) continue;
          const x = tile.xy[i * 2] ?? 0;
          const y = tile.xy[i * 2 + 1] ?? 0;
          if (x < minX - margin || x > maxX + margin || y < minY - margin || y > maxY + margin) continue;
          const id = tile.ids[i] ?? 0;
          if (drawn.has(id) || hidden.has(id)) continue;
          drawn.add(id);
          draw((x - minX) / resolution, (maxY - y) / resolution, tile, i, ghost);
        }
      }
    }
  }
}

/** Draws point `i` of a tile at a place on the canvas, as the scale asks. */
function drawer(context: CanvasRenderingContext2D, look: PointLook, sprites: Sprites): DrawPoint {
  if ('speck' in look) {
    const side = look.speck;
    context.fillStyle = sprites.ink;
    context.globalAlpha = SPECK_ALPHA;
    // What is outside the filter would only blur the density of what is inside.
    return (x, y, _tile, _i, ghost) => {
      if (!ghost) context.fillRect(x - side / 2, y - side / 2, side, side);
    };
  }
  const stamp = ({ canvas, size }: Sprite, x: number, y: number) =>
    context.drawImage(canvas, x - size / 2, y - size / 2, size, size);
  if ('dot' in look) return (x, y, tile, i, ghost) => stamp(sprites.dot(tile.clarity[i] ?? 0, look.dot, ghost), x, y);
  return (x, y, tile, i, ghost) =>
    stamp(sprites.symbol(tile.classes[i] ?? 255, tile.clarity[i] ?? 0, look.symbol, ghost), x, y);
}
