import TileLayer from 'ol/layer/Tile.js';
import type ImageTile from 'ol/ImageTile.js';
import TileImage from 'ol/source/TileImage.js';
import type Tile from 'ol/Tile.js';
import TileState from 'ol/TileState.js';
import { TILE_PIXELS } from '../../../model/tile.ts';
import type { MapFrame } from '../frame.ts';
import type { Palette } from '../palette.ts';
import type { TileStore } from '../tiles/tile-store.ts';
import type { PaintRoom } from './paint-room.ts';

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
  readonly #room: PaintRoom;
  #palette: Palette;
  #epoch = 0;
  #viewId: string | null = null;

  constructor(
    name: 'unit_grid' | 'community',
    { frame, store, room }: { frame: MapFrame; store: TileStore; room: PaintRoom },
    palette: Palette,
    maxResolution: number,
  ) {
    this.#name = name;
    this.#frame = frame;
    this.#store = store;
    this.#room = room;
    this.#palette = palette;
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
  refresh(change: { palette?: Palette; epoch?: number; viewId?: string | null; key: string }): void {
    if (change.palette !== undefined) this.#palette = change.palette;
    if (change.epoch !== undefined) this.#epoch = change.epoch;
    if (change.viewId !== undefined) this.#viewId = change.viewId;
    // A new key makes the renderer ask for new tiles and keep the old ones up until they are there.
    const key = `${this.#name}/${change.key}/${this.#epoch}/${this.#viewId ?? ''}`;
    this.#source.setTileUrlFunction(([z, x, y]) => `${z}/${x}/${y}`, key);
  }

  async #load(tile: Tile, src: string, ratio: number): Promise<void> {
    const [z = 0, x = 0, y = 0] = src.split('/').map(Number);
    const bytes = await this.#store.askBytes(this.#name, z, x, y, this.#viewId, this.#epoch);
    const image = tile as ImageTile;
    const palette = this.#palette;
    const resolution = this.#frame.resolutions[z] ?? 1;
    const bitmap =
      bytes === null ? null : await this.#room.paint({ layer: this.#name, palette, bytes, resolution, ratio });
    if (bitmap === null) image.setState(TileState.ERROR);
    else image.setImage(canvasOf(bitmap, TILE_PIXELS * ratio));
  }
}

/** The canvas takes the picture over without copying it. */
function canvasOf(bitmap: ImageBitmap, side: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = side;
  canvas.height = side;
  canvas.getContext('bitmaprenderer')?.transferFromImageBitmap(bitmap);
  return canvas;
}
