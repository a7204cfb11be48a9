import type { Client } from '../../../api/client.ts';
import { decodeTile, type PointTile } from './decode.ts';

export type TileLayerName = 'component' | 'unit_grid' | 'community';
/** Points are read here; polygons go as bytes to who paints them. */
type Tile = PointTile | Uint8Array;

const KEPT = 400;
const AT_ONCE = 6;

/** Points on their way beyond this many are of places one has left; what is still wanted is asked for again when it is drawn. */
const MOST_WAITING = 48;

interface Wanted {
  layer: TileLayerName;
  run: () => Promise<void>;
  drop: () => void;
}

/**
 * Tiles asked for once and kept, newest use last; what was wanted last is asked for first. `epoch` changes when a layer's data change: older tiles stay usable as the last
 * picture until their successors arrive.
 */
export class TileStore {
  readonly #client: Client;
  readonly #tiles = new Map<string, Tile>();
  readonly #asked = new Map<string, Promise<Tile | null>>();
  readonly #queue: Wanted[] = [];
  #running = 0;

  constructor(client: Client) {
    this.#client = client;
  }

  static key(layer: TileLayerName, z: number, x: number, y: number, viewId: string | null, epoch: number): string {
    return `${layer}/${z}/${x}/${y}/${viewId ?? ''}/${epoch}`;
  }

  /** Points at hand. */
  has(key: string): PointTile | undefined {
    const tile = this.#held(key);
    return tile instanceof Uint8Array ? undefined : tile;
  }

  /** Null when the engine could not give it: a tile missing is a hole in the picture, never an error in the page. */
  async ask(z: number, x: number, y: number, viewId: string | null, epoch: number): Promise<PointTile | null> {
    const tile = await this.#ask('component', z, x, y, viewId, epoch);
    return tile instanceof Uint8Array ? null : tile;
  }

  /** The same for polygons, as the engine wrote them. */
  async askBytes(
    layer: 'unit_grid' | 'community',
    z: number,
    x: number,
    y: number,
    viewId: string | null,
    epoch: number,
  ): Promise<Uint8Array | null> {
    const tile = await this.#ask(layer, z, x, y, viewId, epoch);
    return tile instanceof Uint8Array ? tile : null;
  }

  #held(key: string): Tile | undefined {
    const tile = this.#tiles.get(key);
    if (tile === undefined) return undefined;
    this.#tiles.delete(key);
    this.#tiles.set(key, tile);
    return tile;
  }

  #ask(
    layer: TileLayerName,
    z: number,
    x: number,
    y: number,
    viewId: string | null,
    epoch: number,
  ): Promise<Tile | null> {
    const key = TileStore.key(layer, z, x, y, viewId, epoch);
    const held = this.#held(key);
    if (held !== undefined) return Promise.resolve(held);
    const asked = this.#asked.get(key);
    if (asked !== undefined) return asked;
    const promise = new Promise<Tile | null>((resolve) => {
      this.#queue.push({
        layer,
        drop: () => {
          this.#asked.delete(key);
          resolve(null);
        },
        run: async () => {
          try {
            const bytes = await this.#client.call('map.tile', { layer, z, x, y, viewId });
            const tile = layer === 'component' ? pointsOf(bytes) : bytes;
            this.#keep(key, tile);
            resolve(tile);
          } catch {
            resolve(null);
          } finally {
            this.#asked.delete(key);
          }
        },
      });
    });
    this.#asked.set(key, promise);
    this.#shorten();
    this.#pump();
    return promise;
  }

  clear(): void {
    this.#tiles.clear();
    for (const waiting of this.#queue.splice(0)) waiting.drop();
  }

  /** Polygon tiles have a queue of their own in the layer that draws them, so only points can be too many. */
  #shorten(): void {
    if (this.#queue.length <= MOST_WAITING) return;
    const oldest = this.#queue.findIndex(({ layer }) => layer === 'component');
    if (oldest >= 0) this.#queue.splice(oldest, 1)[0]?.drop();
  }

  #keep(key: string, tile: Tile): void {
    this.#tiles.set(key, tile);
    while (this.#tiles.size > KEPT) {
      const oldest = this.#tiles.keys().next().value;
      if (oldest === undefined) return;
      this.#tiles.delete(oldest);
    }
  }

  #pump(): void {
    while (this.#running < AT_ONCE) {
      const next = this.#queue.pop();
      if (next === undefined) return;
      this.#running += 1;
      void next.run().finally(() => {
        this.#running -= 1;
        this.#pump();
      });
    }
  }
}

/** @throws Error for bytes that are no tile of points */
function pointsOf(bytes: Uint8Array): PointTile {
  const tile = decodeTile(bytes);
  if (tile.kind !== 'points') throw new Error('These bytes are no tile of points.');
  return tile;
}
