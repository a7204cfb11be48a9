import Flatbush from 'flatbush';
import type { Bbox } from './types.ts';

/** A spatial index over boxes that do not change: which of them meet a box, which are nearest. Items are numbered as given. */
export class BoxIndex {
  readonly #tree: Flatbush | null;

  /** `boxes`: one entry an item, or four numbers an item (minX, minY, maxX, maxY). Empty boxes are never found. */
  constructor(boxes: readonly Bbox[] | Float64Array) {
    const flat = boxes instanceof Float64Array;
    const count = flat ? boxes.length / 4 : boxes.length;
    this.#tree = count > 0 ? new Flatbush(count) : null;
    for (let i = 0; i < count; i++) {
      if (flat) this.#tree?.add(boxes[4 * i] ?? 0, boxes[4 * i + 1] ?? 0, boxes[4 * i + 2] ?? 0, boxes[4 * i + 3] ?? 0);
      else this.#tree?.add(...(boxes[i] ?? [0, 0, 0, 0]));
    }
    this.#tree?.finish();
  }

  /** Numbers of the items whose box meets `box`; touching counts. In ascending order, so that results do not depend on the tree. */
  search(box: Bbox): number[] {
    return this.#tree?.search(box[0], box[1], box[2], box[3]).sort((a, b) => a - b) ?? [];
  }

  /** Numbers of the items nearest to the point by their boxes, nearest first, at most `count` within `distance`. */
  nearest(x: number, y: number, count: number, distance = Infinity): number[] {
    return this.#tree?.neighbors(x, y, count, distance) ?? [];
  }
}
