import TileLayer from 'ol/layer/Tile.js';
import type ImageTile from 'ol/ImageTile.js';
import TileImage from 'ol/source/TileImage.js';
import type Tile from 'ol/Tile.js';
import TileState from 'ol/TileState.js';
import { FLAG_OUTSIDE, TILE_PIXELS } from '../../../model/tile.ts';
import type { MapFrame } from '../frame.ts';
import type { PolygonTile } from '../tiles/decode.ts';
import type { TileStore } from '../tiles/tile-store.ts';

export type PolygonPainter = (
  context: CanvasRenderingContext2D,
  tile: PolygonTile,
  /** Metres a CSS pixel; the context is scaled so that one unit is one CSS pixel, origin upper left. */
  resolution: number,
) => void;

/** Whether a feature lies outside the filter in force. */
export const isOutside = (flags: number): boolean => (flags & FLAG_OUTSIDE) !== 0;

/** Traces all rings of a feature, in CSS pixels of the tile. */
export function traceRings(context: CanvasRenderingContext2D, rings: Float32Array[], resolution: number): void {
  for (const ring of rings) {
    for (let i = 0; i + 1 < ring.length; i += 2) {
      const x = (ring[i] ?? 0) / resolution;
      const y = (ring[i + 1] ?? 0) / resolution;
      if (i === 0) context.moveTo(x, y);
      else context.lineTo(x, y);
    }
    context.closePath();
  }
}

/**
 * Polygons drawn tile by tile from the store, each tile one picture: what is only looked at costs nothing while panning. A new key keeps
 * the last picture up until the new one is there.
 */
export class PolygonTileLayer {
  readonly layer: TileLayer<TileImage>;
  readonly #source: TileImage;
  readonly #store: TileStore;
  readonly #name: 'unit_grid' | 'community';
  readonly #frame: MapFrame;
  #paint: PolygonPainter;
  #epoch = 0;
  #viewId: string | null = null;

  constructor(
    name: 'unit_grid' | 'community',
    frame: MapFrame,
    store: TileStore,
    paint: PolygonPainter,
    maxResolution: number,
  ) {
    this.#name = name;
    this.#frame = frame;
    this.#store = store;
    this.#paint = paint;
    const ratio = Math.min(2, globalThis.devicePixelRatio || 1);
    this.#source = new TileImage({
      projection: frame.projection,
      tileGrid: frame.tileGrid,
      tilePixelRatio: ratio,
      transition: 0,
      wrapX: false,
      // A tile made for a larger scale, drawn smaller: lines stay sharp between two levels.
      zDirection: -1,
      tileUrlFunction: ([z, x, y]) => `${z}/${x}/${y}`,
      tileLoadFunction: (tile, src) => void this.#load(tile, src, ratio),
      cacheSize: 256,
    });
    this.layer = new TileLayer({ source: this.#source, maxResolution, preload: 0 });
  }

  /** Draws anew with other colours, data or filter. */
  refresh(change: { paint?: PolygonPainter; epoch?: number; viewId?: string | null; key: string }): void {
    if (change.paint !== undefined) this.#paint = change.paint;
    if (change.epoch !== undefined) this.#epoch = change.epoch;
    if (change.viewId !== undefined) this.#viewId = change.viewId;
    // A new key makes the renderer ask for new tiles and keep the old ones up until they are there.
    const key = `${this.#name}/${change.key}/${this.#epoch}/${this.#viewId ?? ''}`;
    this.#source.setTileUrlFunction(([z, x, y]) => `${z}/${x}/${y}`, key);
  }

  async #load(tile: Tile, src: string, ratio: number): Promise<void> {
    const [z = 0, x = 0, y = 0] = src.split('/').map(Number);
    const data = await this.#store.ask(this.#name, z, x, y, this.#viewId, this.#epoch);
    const image = tile as ImageTile;
    if (data === null || data.kind !== 'polygons') {
      image.setState(TileState.ERROR);
      return;
    }
    const canvas = document.createElement('canvas');
    canvas.width = TILE_PIXELS * ratio;
    canvas.height = TILE_PIXELS * ratio;
    const context = canvas.getContext('2d');
    if (context !== null) {
      context.scale(ratio, ratio);
      this.#paint(context, data, this.#frame.resolutions[z] ?? 1);
    }
    image.setImage(canvas);
  }
}
