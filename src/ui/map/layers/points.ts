import ImageLayer from 'ol/layer/Image.js';
import ImageCanvasSource from 'ol/source/ImageCanvas.js';
import type { Extent } from 'ol/extent.js';
import { FLAG_OUTSIDE } from '../../../model/tile.ts';
import type { MapFrame } from '../frame.ts';
import { NEAR } from '../scale.ts';
import type { PointTile } from '../tiles/decode.ts';
import { TileStore } from '../tiles/tile-store.ts';
import type { Sprites } from './sprites.ts';

/** Wider than the window, so that a short pan needs no new picture. */
const RATIO = 1.5;

/** How points look at a resolution: dots growing from 4 to 7 px, then class symbols. Null where the choropleth alone speaks. */
export function pointLook(resolution: number): { dot: number } | { symbol: number } | null {
  if (resolution <= NEAR.codes) return { symbol: 16 };
  if (resolution <= NEAR.symbols) return { symbol: 14 };
  if (resolution <= NEAR.communities) return { dot: 6 };
  return resolution <= NEAR.dots ? { dot: 5 } : null;
}

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
    this.layer = new ImageLayer({ source: this.#source, maxResolution: NEAR.dots * 1.0001 });
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
    const z = this.#frame.tileGrid.getZForResolution(resolution, 0.5);
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
      for (let up = 0; up <= z; up += 1) {
        const older = TileStore.key('component', z - up, x >> up, y >> up, this.#settled.viewId, this.#settled.epoch);
        const stand = this.#store.has(older);
        if (stand?.kind !== 'points') continue;
        found.set(older, stand);
        return;
      }
    });
    return [...found.values()];
  }

  #draw(extent: Extent, resolution: number, ratio: number, [width = 1, height = 1]: number[]): HTMLCanvasElement {
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    const context = canvas.getContext('2d');
    const look = pointLook(resolution);
    if (context === null || look === null) return canvas;
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
    extent: Extent,
    resolution: number,
    look: { dot: number } | { symbol: number },
  ): void {
    const [minX = 0, minY = 0, maxX = 0, maxY = 0] = extent;
    const margin = 20 * resolution;
    const drawn = new Set<number>();
    let total = 0;
    for (const tile of tiles) {
      total += tile.total;
      for (const ghosts of [true, false]) {
        for (let i = 0; i < tile.count; i += 1) {
          const flags = tile.flags[i] ?? 0;
          if (((flags & FLAG_OUTSIDE) !== 0) !== ghosts) continue;
          const x = tile.xy[i * 2] ?? 0;
          const y = tile.xy[i * 2 + 1] ?? 0;
          if (x < minX - margin || x > maxX + margin || y < minY - margin || y > maxY + margin) continue;
          const id = tile.ids[i] ?? 0;
          if (drawn.has(id) || this.#hidden.has(id)) continue;
          drawn.add(id);
          const clarity = tile.clarity[i] ?? 0;
          const sprite =
            'dot' in look
              ? this.#sprites.dot(clarity, look.dot, ghosts)
              : this.#sprites.symbol(tile.classes[i] ?? 255, clarity, look.symbol, ghosts);
          const half = sprite.size / 2;
          context.drawImage(
            sprite.canvas,
            (x - minX) / resolution - half,
            (maxY - y) / resolution - half,
            sprite.size,
            sprite.size,
          );
        }
      }
    }
    this.#noteThinning(tiles, total);
  }

  #noteThinning(tiles: PointTile[], total: number): void {
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
