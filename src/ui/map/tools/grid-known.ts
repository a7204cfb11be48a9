import type { Client } from '../../../api/client.ts';
import type { Bbox, Position } from '../../../model/geometry/types.ts';
import { buildTiling, type Tiling } from '../../../model/tiling/tiling.ts';

/** How much around the pointer is asked for, metres: grids are some hundred metres wide, their neighbours come with them. */
const AROUND = 150;

export interface KnownGrids {
  tiling: Tiling;
  points: { id: number; x: number; y: number; gridId: number }[];
  box: Bbox;
  /** Grids whose every neighbour is known too. */
  complete: ReadonlySet<number>;
}

/** The tiling around the pointer, asked for as it wanders and forgotten when the project changes. */
export class GridSurroundings {
  readonly #client: Client;
  #known: KnownGrids | null = null;
  #asking: Promise<KnownGrids | null> | null = null;
  /** Grows with every forgetting: answers to older questions are of no use. */
  #age = 0;

  constructor(client: Client) {
    this.#client = client;
  }

  get known(): KnownGrids | null {
    return this.#known;
  }

  covers([x, y]: Position): boolean {
    const box = this.#known?.box;
    return box !== undefined && x > box[0] && y > box[1] && x < box[2] && y < box[3];
  }

  forget(): void {
    this.#known = null;
    this.#age += 1;
  }

  /** Asks at most once at a time; null when the answer came too late to be true. */
  learn([x, y]: Position): Promise<KnownGrids | null> {
    this.#asking ??= this.#ask([x - AROUND, y - AROUND, x + AROUND, y + AROUND]).finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  /** All of a box; what the pointer asks for meanwhile comes first. */
  async learnBox(box: Bbox): Promise<KnownGrids | null> {
    await this.#asking;
    return this.#ask(box);
  }

  async #ask(box: Bbox): Promise<KnownGrids | null> {
    const age = this.#age;
    const { faces, complete, components } = await this.#client.call('grid.network', { bbox: box });
    if (age !== this.#age) return null;
    const points = components.map(([id, x, y, gridId]) => ({ id, x, y, gridId }));
    this.#known = { tiling: buildTiling(faces, { complete }), points, box, complete: new Set(complete) };
    return this.#known;
  }
}
