import ImageLayer from 'ol/layer/Image.js';
import ImageCanvasSource from 'ol/source/ImageCanvas.js';
import type { Extent } from 'ol/extent.js';
import { FLAG_OUTSIDE } from '../../../model/tile.ts';
import type { MapFrame } from '../frame.ts';
import { NEAR } from '../scale.ts';
import type { PointTile } from '../tiles/decode.ts';
import { TileStore } from '../tiles/tile-store.ts';
import type { Sprite, Sprites } from './sprites.ts';

/** Wider than the window, so that a short pan needs no new picture. */
const RATIO = 1.5;

/** Density: specks of this many pixels in ink. */
const SPECK = 1.5;
const SPECK_ALPHA = 0.42;

export type PointLook = { dot: number } | { symbol: number } | { speck: number };

/** How points look at a resolution: specks whose crowding tells the density, dots from 5 to 6 px, then class symbols of 14 and 16 px. */
export function pointLook(resolution: number): PointLook {
  if (resolution <= NEAR.codes) return { symbol: 16 };
  if (resolution <= NEAR.symbols) return { symbol: 14 };
  if (resolution <= NEAR.communities) return { dot: 6 };
  return resolution <= NEAR.dots ? { dot: 5 } : { speck: SPECK };
}

type DrawPoint = (x: number, y: number, tile: PointTile, i: number, ghost: boolean) => void;

interface Seen {
  id: number;
  x: number;
  y: number;
  classIndex: number;
  clarity: number;
  flags: number;
}

/** Components as one picture over the window, drawn from point tiles; a million of them cost what is in view. */
export class PointLayer {
  readonly layer: ImageLayer<ImageCanvasSource>;
  readonly #source: ImageCanvasSource;
  readonly #frame: MapFrame;
  readonly #store: TileStore;
  #sprites: Sprites;
  #epoch = 0;
  #viewId: string | null = null;
  /** The state whose picture is up, shown where a newer one is still on its way. */
  #settled: { epoch: number; viewId: string | null } = { epoch: 0, viewId: null };
  #redraw = 0;
  #hidden = new Set<number>();
  #thinned: { shown: number; total: number } | null = null;
  onThinned: (thinned: { shown: number; total: number } | null) => void = () => undefined;

  constructor(frame: MapFrame, store: TileStore, sprites: Sprites) {
    this.#frame = frame;
    this.#store = store;
    this.#sprites = sprites;
    this.#source = new ImageCanvasSource({
      projection: frame.projection,
      ratio: RATIO,
      canvasFunction: (extent, resolution, ratio, size) => this.#draw(extent, resolution, ratio, size),
    });
    this.layer = new ImageLayer({ source: this.#source });
    this.showDensity(false);
  }

  /** Whether points are drawn at the smallest scales too, as specks; not where the choropleth alone is to speak. */
  showDensity(shown: boolean): void {
    this.layer.setMaxResolution(shown ? Infinity : NEAR.dots * 1.0001);
  }

  refresh(change: { sprites?: Sprites; epoch?: number; viewId?: string | null }): void {
    if (change.sprites !== undefined) this.#sprites = change.sprites;
    if (change.epoch !== undefined) this.#epoch = change.epoch;
    if (change.viewId !== undefined) this.#viewId = change.viewId;
    this.#source.changed();
  }

  /** A component under the pointer of a tool is drawn by the tool. */
  hide(ids: readonly number[]): void {
    this.#hidden = new Set(ids);
    this.#source.changed();
  }

  /** The nearest component drawn within `reach` metres of a place; from what is in memory, for the pointer's shape. */
  nearest(at: readonly number[], resolution: number, reach: number): Seen | null {
    const [x = 0, y = 0] = at;
    let best: Seen | null = null;
    let least = reach;
    for (const tile of this.#tilesIn([x - reach, y - reach, x + reach, y + reach], resolution, () => undefined)) {
      for (let i = 0; i < tile.count; i += 1) {
        const distance = Math.hypot((tile.xy[i * 2] ?? 0) - x, (tile.xy[i * 2 + 1] ?? 0) - y);
        if (distance >= least || ((tile.flags[i] ?? 0) & FLAG_OUTSIDE) !== 0) continue;
        least = distance;
        best = seenAt(tile, i);
      }
    }
    return best;
  }

  /** Tiles over an extent: the right ones, else an older picture of the same place, else a coarser one. Calls `missing` for what must be asked. */
  #tilesIn(extent: Extent, resolution: number, missing: (z: number, x: number, y: number) => void): PointTile[] {
    // A tile holds some thousand points at most; where their crowding is the picture, finer tiles let more of them speak.
    const finer = resolution > NEAR.dots ? 2 : 0;
    const z = this.#frame.tileGrid.getZForResolution(resolution, 0.5) + finer;
    const found = new Map<string, PointTile>();
    this.#frame.tileGrid.forEachTileCoord(extent, z, ([, x = 0, y = 0]) => {
      if (x < 0 || y < 0 || x >= 2 ** z || y >= 2 ** z) return;
      const key = TileStore.key('component', z, x, y, this.#viewId, this.#epoch);
      const tile = this.#store.has(key);
      if (tile?.kind === 'points') {
        found.set(key, tile);
        return;
      }
      missing(z, x, y);
      for (const [heldKey, held] of this.#standIns(z, x, y)) found.set(heldKey, held);
    });
    return [...found.values()];
  }

  /** What is at hand of a tile that is on its way: its last picture, a coarser one, else finer ones. */
  #standIns(z: number, x: number, y: number): [string, PointTile][] {
    const held = (level: number, column: number, row: number): [string, PointTile][] => {
      const key = TileStore.key('component', level, column, row, this.#settled.viewId, this.#settled.epoch);
      const tile = this.#store.has(key);
      return tile?.kind === 'points' ? [[key, tile]] : [];
    };
    for (let up = 0; up <= z; up += 1) {
      const found = held(z - up, x >> up, y >> up);
      if (found.length > 0) return found;
    }
    for (const down of [1, 2]) {
      const side = 2 ** down;
      const found = Array.from({ length: side * side }, (_, i) =>
        held(z + down, x * side + (i % side), y * side + Math.floor(i / side)),
      ).flat();
      if (found.length > 0) return found;
    }
    return [];
  }

  #draw(extent: Extent, resolution: number, ratio: number, [width = 1, height = 1]: number[]): HTMLCanvasElement {
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    const context = canvas.getContext('2d');
    const look = pointLook(resolution);
    if (context === null) return canvas;
    context.scale(ratio, ratio);
    const waiting: Promise<unknown>[] = [];
    const { epoch } = this;
    const tiles = this.#tilesIn(extent, resolution, (z, x, y) => {
      waiting.push(this.#store.ask('component', z, x, y, this.#viewId, epoch));
    });
    if (waiting.length === 0) this.#settled = { epoch, viewId: this.#viewId };
    else this.#whenThere(waiting);
    this.#stamp(context, tiles, extent, resolution, look);
    return canvas;
  }

  get epoch(): number {
    return this.#epoch;
  }

  /** Draws again as tiles arrive, at most once a frame or so. */
  #whenThere(waiting: Promise<unknown>[]): void {
    this.#redraw += 1;
    const turn = this.#redraw;
    for (const one of [Promise.any(waiting), Promise.all(waiting)]) {
      void one.then(() => {
        if (turn === this.#redraw) this.#source.changed();
      });
    }
  }

  #stamp(
    context: CanvasRenderingContext2D,
    tiles: PointTile[],
    [minX = 0, minY = 0, maxX = 0, maxY = 0]: Extent,
    resolution: number,
    look: PointLook,
  ): void {
    const margin = 20 * resolution;
    const drawn = new Set<number>();
    const draw = this.#drawer(context, look);
    for (const tile of tiles) {
      for (const ghosts of [true, false]) {
        for (let i = 0; i < tile.count; i += 1) {
          if ((((tile.flags[i] ?? 0) & FLAG_OUTSIDE) !== 0) !== ghosts) continue;
          const x = tile.xy[i * 2] ?? 0;
          const y = tile.xy[i * 2 + 1] ?? 0;
          if (x < minX - margin || x > maxX + margin || y < minY - margin || y > maxY + margin) continue;
          const id = tile.ids[i] ?? 0;
          if (drawn.has(id) || this.#hidden.has(id)) continue;
          drawn.add(id);
          draw((x - minX) / resolution, (maxY - y) / resolution, tile, i, ghosts);
        }
      }
    }
    this.#noteThinning(tiles);
  }

  /** Draws point `i` of a tile at a place on the canvas, as the scale asks. */
  #drawer(context: CanvasRenderingContext2D, look: PointLook): DrawPoint {
    if ('speck' in look) {
      const side = look.speck;
      context.fillStyle = this.#sprites.ink;
      context.globalAlpha = SPECK_ALPHA;
      // What is outside the filter would only blur the density of what is inside.
      return (x, y, _tile, _i, ghost) => {
        if (!ghost) context.fillRect(x - side / 2, y - side / 2, side, side);
      };
    }
    const stamp = ({ canvas, size }: Sprite, x: number, y: number) =>
      context.drawImage(canvas, x - size / 2, y - size / 2, size, size);
    if ('dot' in look)
      return (x, y, tile, i, ghost) => stamp(this.#sprites.dot(tile.clarity[i] ?? 0, look.dot, ghost), x, y);
    return (x, y, tile, i, ghost) =>
      stamp(this.#sprites.symbol(tile.classes[i] ?? 255, tile.clarity[i] ?? 0, look.symbol, ghost), x, y);
  }

  #noteThinning(tiles: PointTile[]): void {
    const total = tiles.reduce((sum, tile) => sum + tile.total, 0);
    const shown = tiles.reduce((sum, tile) => sum + tile.count, 0);
    const thinned = shown < total ? { shown, total } : null;
    if (thinned?.shown === this.#thinned?.shown && thinned?.total === this.#thinned?.total) return;
    this.#thinned = thinned;
    queueMicrotask(() => this.onThinned(thinned));
  }
}

function seenAt(tile: PointTile, i: number): Seen {
  return {
    id: tile.ids[i] ?? 0,
    x: tile.xy[i * 2] ?? 0,
    y: tile.xy[i * 2 + 1] ?? 0,
    classIndex: tile.classes[i] ?? 255,
    clarity: tile.clarity[i] ?? 0,
    flags: tile.flags[i] ?? 0,
  };
}
