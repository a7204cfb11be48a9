import type { LayerName } from '../../model/component.ts';
import type { Filter } from '../../model/filter.ts';
import { ProjectError } from '../error.ts';
import { eachNumber } from '../queries/columns.ts';
import { compileFilter } from '../queries/filter.ts';
import type { FilterLayer, Reader } from '../queries/reader.ts';
import { layerOfView, VIEW_CAPACITY } from '../queries/views.ts';

interface Mask {
  layer: FilterLayer;
  /** 1 by id for what passes; null where everything does. */
  marks: Uint8Array | null;
}

/** Masks kept: the views the read lane keeps, and as many again for windows that have not yet asked anew. */
const CAPACITY = 2 * VIEW_CAPACITY;

/** Which features the views of the read lane pass, by id. */
export class ViewMasks {
  readonly #reader: Reader;
  readonly #masks = new Map<string, Mask>();

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  /** @throws ProjectError 'view-gone' for what is no view id; 'unknown-column', 'input' from the filter */
  define(viewId: string, rows: Filter | Int32Array | null): void {
    const layer = layerOfView(viewId);
    if (layer === null) throw gone(viewId);
    this.#masks.delete(viewId);
    this.#masks.set(viewId, { layer, marks: rows === null ? null : this.#marks(layer, rows) });
    const [oldest] = this.#masks.keys();
    if (this.#masks.size > CAPACITY && oldest !== undefined) this.#masks.delete(oldest);
  }

  /** Tells by id what a view passes; null when it passes everything, or is of another layer. @throws ProjectError 'view-gone' */
  inside(layer: LayerName, viewId: string | null): ((id: number) => boolean) | null {
    if (viewId === null) return null;
    const mask = this.#masks.get(viewId);
    if (mask === undefined) throw gone(viewId);
    this.#masks.delete(viewId);
    this.#masks.set(viewId, mask);
    const { marks } = mask;
    return mask.layer !== layer || marks === null ? null : (id) => marks[id] === 1;
  }

  #marks(layer: FilterLayer, rows: Filter | Int32Array): Uint8Array {
    const { db } = this.#reader;
    const last = db.prepare<[], number | null>(`SELECT max(id) FROM "${layer}"`).pluck().get() ?? 0;
    const marks = new Uint8Array(last + 1);
    if (rows instanceof Int32Array) {
      for (const id of rows) if (id <= last) marks[id] = 1;
      return marks;
    }
    const where = compileFilter(this.#reader, layer, rows);
    const ids = db
      .prepare<(string | number)[], string | null>(`SELECT group_concat(t.id) FROM "${layer}" t WHERE ${where.sql}`)
      .pluck()
      .get(...where.params);
    eachNumber(ids ?? '', (id) => (marks[id] = 1));
    return marks;
  }
}

function gone(viewId: string): ProjectError {
  return new ProjectError('view-gone', 'This order of rows is no longer kept; ask for the view again.', { viewId });
}
