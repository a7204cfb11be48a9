import type { Filter, Sort } from '../../model/filter.ts';
import { ProjectError } from '../error.ts';
import { ColumnCache } from './columns.ts';
import { compileFilter } from './filter.ts';
import { orderedIds } from './order.ts';
import { revisionNow, stampOf, type FilterLayer, type Reader } from './reader.ts';

/** As the contract's ViewInfo. */
export interface View {
  viewId: string;
  /** Rows passing the filter. */
  shown: number;
  /** Rows of the layer. */
  total: number;
  revision: number;
}

interface Held extends View {
  layer: FilterLayer;
  key: string;
  ids: Int32Array;
}

/** Views kept at once; the one used longest ago goes first. */
export const VIEW_CAPACITY = 12;

/** The layer a view id is of, by its form `<layer>:<number>:<revision>`; null when it is none. */
export function layerOfView(viewId: string): FilterLayer | null {
  const layer = /^(component|unit_grid):\d+:\d+$/u.exec(viewId)?.[1];
  return layer === 'component' || layer === 'unit_grid' ? layer : null;
}

/**
 * The orders of rows one read connection keeps in memory. A view is what it was when made: a later revision does not move its rows, the
 * page asks for a new view when it hears of one. Asking the same again while nothing was committed answers the same view.
 */
export class ViewManager {
  readonly columns: Record<FilterLayer, ColumnCache> = {
    component: new ColumnCache('component'),
    unit_grid: new ColumnCache('unit_grid'),
  };
  readonly #views = new Map<string, Held>();
  #count = 0;

  /** @throws ProjectError 'unknown-column' | 'input' */
  open(reader: Reader, layer: FilterLayer, filter: Filter | null, sort: readonly Sort[]): View {
    const key = JSON.stringify([layer, filter, sort, stampOf(reader.db), reader.today]);
    for (const view of this.#views.values()) if (view.key === key) return infoOf(this.#touch(view));
    const { db } = reader;
    // One read transaction, so that the rows and the revision they are said to be of belong together.
    const view = db.transaction((): Held => {
      const revision = revisionNow(db);
      const ids = orderedIds(db, layer, compileFilter(reader, layer, filter), sort, this.columns[layer]);
      const total = db.prepare<[], number>(`SELECT count(*) FROM "${layer}"`).pluck().get() ?? 0;
      this.#count += 1;
      return { viewId: `${layer}:${this.#count}:${revision}`, shown: ids.length, total, revision, layer, key, ids };
    })();
    this.#views.set(view.viewId, view);
    const [oldest] = this.#views.keys();
    if (this.#views.size > VIEW_CAPACITY && oldest !== undefined) this.#views.delete(oldest);
    return infoOf(view);
  }

  /**
   * Every id of a view in order; the manager's own array: read, don't change.
   * @throws ProjectError 'view-gone'
   */
  ids(viewId: string): Int32Array {
    return this.#known(viewId).ids;
  }

  /** @throws ProjectError 'view-gone' */
  page(viewId: string, offset: number, limit: number): number[] {
    return [...this.ids(viewId).subarray(offset, offset + limit)];
  }

  /** Row index of an id, or null when the filter leaves it out. @throws ProjectError 'view-gone' */
  position(viewId: string, id: number): number | null {
    const index = this.ids(viewId).indexOf(id);
    return index < 0 ? null : index;
  }

  #known(viewId: string): Held {
    const view = this.#views.get(viewId);
    if (view !== undefined) return this.#touch(view);
    throw new ProjectError('view-gone', 'This order of rows is no longer kept; ask for the view again.', { viewId });
  }

  #touch(view: Held): Held {
    this.#views.delete(view.viewId);
    this.#views.set(view.viewId, view);
    return view;
  }
}

function infoOf({ viewId, shown, total, revision }: Held): View {
  return { viewId, shown, total, revision };
}
