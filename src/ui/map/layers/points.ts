import ImageLayer from 'ol/layer/Image.js';
import ImageCanvasSource from 'ol/source/ImageCanvas.js';
import type { Extent } from 'ol/extent.js';
import { FLAG_OUTSIDE } from '../../../model/tile.ts';
import type { MapFrame } from '../frame.ts';
import { NEAR } from '../scale.ts';
import type { PointTile } from '../tiles/decode.ts';
import { TileStore } from '../tiles/tile-store.ts';
import { blankCanvas, PointDrawing, type PictureFrame } from './point-drawing.ts';
import type { Sprites } from './sprites.ts';

/** Wider than the window, so that a short pan needs no new picture. */
const RATIO = 1.5;

/** What a frame may spend on drawing points, ms. */
const SLICE_MS = 8;

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
  /** Under way; finished but not yet shown; shown. */
  #drawing: PointDrawing | null = null;
  #finished: PointDrawing | null = null;
  #picture: PointDrawing | null = null;
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
    this.#again();
  }

  /** A component under the pointer of a tool is drawn by the tool. */
  hide(ids: readonly number[]): void {
    this.#hidden = new Set(ids);
    this.#again();
  }

  /** What was finished shows what was true before. */
  #again(): void {
    this.#finished = null;
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
      if (tile !== undefined) {
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
      return tile === undefined ? [] : [[key, tile]];
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

  /**
   * The picture asked for, if it can be made at once or has been made since; else the last one, moved and stretched to its place, while the
   * new one is drawn in slices.
   */
  #draw(extent: Extent, resolution: number, ratio: number, [width = 1, height = 1]: number[]): HTMLCanvasElement {
    const frame: PictureFrame = { extent, resolution, ratio, width, height };
    if (this.#finished !== null && sameFrame(this.#finished.frame, frame)) {
      this.#picture = this.#finished;
      this.#finished = null;
      return this.#picture.canvas;
    }
    const waiting: Promise<unknown>[] = [];
    const { epoch } = this;
    const tiles = this.#tilesIn(extent, resolution, (z, x, y) => {
      waiting.push(this.#store.ask(z, x, y, this.#viewId, epoch));
    });
    if (waiting.length === 0) this.#settled = { epoch, viewId: this.#viewId };
    else this.#whenThere(waiting);
    this.#noteThinning(tiles);
    const drawing = new PointDrawing(frame, tiles, this.#sprites, this.#hidden);
    this.#drawing = drawing;
    if (drawing.goOn(performance.now() + SLICE_MS)) {
      this.#drawing = null;
      this.#picture = drawing;
      return drawing.canvas;
    }
    requestAnimationFrame(() => this.#goOn(drawing));
    return stretched(this.#picture, frame);
  }

  #goOn(drawing: PointDrawing): void {
    if (this.#drawing !== drawing) return;
    if (!drawing.goOn(performance.now() + SLICE_MS)) {
      requestAnimationFrame(() => this.#goOn(drawing));
      return;
    }
    this.#drawing = null;
    this.#finished = drawing;
    this.#source.changed();
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
        if (turn === this.#redraw) this.#again();
      });
    }
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

function sameFrame(a: PictureFrame, b: PictureFrame): boolean {
  const same = a.resolution === b.resolution && a.ratio === b.ratio && a.width === b.width && a.height === b.height;
  return same && a.extent.every((value, i) => value === b.extent[i]);
}

/** The last picture where it belongs in a new frame. */
function stretched(picture: PointDrawing | null, frame: PictureFrame): HTMLCanvasElement {
  const canvas = blankCanvas(frame);
  const context = canvas.getContext('2d');
  if (picture === null || context === null) return canvas;
  const [minX = 0, , , maxY = 0] = frame.extent;
  const [left = 0, , , top = 0] = picture.frame.extent;
  const scale = (picture.frame.resolution / frame.resolution) * frame.ratio;
  const x = ((left - minX) / frame.resolution) * frame.ratio;
  const y = ((maxY - top) / frame.resolution) * frame.ratio;
  context.drawImage(picture.canvas, x, y, picture.frame.width * scale, picture.frame.height * scale);
  return canvas;
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
