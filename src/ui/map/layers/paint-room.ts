import type { Palette } from '../palette.ts';

/** A polygon tile to be painted. */
export interface PaintOrder {
  id: number;
  layer: 'unit_grid' | 'community';
  palette: Palette;
  bytes: Uint8Array;
  /** Metres a CSS pixel of the tile. */
  resolution: number;
  /** Device pixels a CSS pixel. */
  ratio: number;
}

export interface Painted {
  id: number;
  bitmap: ImageBitmap | null;
}

/** The page's side of the painter's worker. */
export class PaintRoom {
  readonly #worker = new Worker(new URL('./paint-worker.ts', import.meta.url), { type: 'module' });
  readonly #waiting = new Map<number, (bitmap: ImageBitmap | null) => void>();
  #last = 0;

  constructor() {
    this.#worker.addEventListener('message', ({ data: { id, bitmap } }: MessageEvent<Painted>) => {
      this.#waiting.get(id)?.(bitmap);
      this.#waiting.delete(id);
    });
    this.#worker.addEventListener('error', () => this.#giveUp());
  }

  /** Null where the tile could not be painted. */
  paint(order: Omit<PaintOrder, 'id'>): Promise<ImageBitmap | null> {
    this.#last += 1;
    const id = this.#last;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#worker.postMessage({ ...order, id } satisfies PaintOrder);
    });
  }

  close(): void {
    this.#worker.terminate();
    this.#giveUp();
  }

  #giveUp(): void {
    for (const resolve of this.#waiting.values()) resolve(null);
    this.#waiting.clear();
  }
}
