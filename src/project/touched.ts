import type { Bbox } from '../model/geometry/types.ts';
import { boxOf } from './bulk.ts';
import type { StoredCell } from './digest.ts';
import type { TableWriter } from './table-writer.ts';

/** Columns of a component its clarity depends on. */
const CLARITY_COLUMNS = new Set([
  'scheme',
  'class_code',
  'confirmation',
  'supervisor_id',
  'owner_id',
  'maintainer_id',
  'responsible_id',
]);

/** What a revision changed, as far as derived columns follow from it. */
export class Touched {
  /** Rows whose logged cells changed, by table. */
  readonly rows = new Map<string, Set<number>>();
  /** Components that stand elsewhere now. */
  readonly placed = new Set<number>();
  /** Components whose clarity may be another. */
  readonly judged = new Set<number>();
  /** Grids whose area or street follows anew. */
  readonly grids = new Set<number>();
  /** Where grids, streets or communities were or are: components there are placed anew. */
  readonly areas: Bbox[] = [];
  readonly units = new Set<number>();
  /** A class became ownerless, or ceased to be: everything is judged anew. */
  classes = false;
  /** Extent of what was written, by layer. */
  readonly extents = new Map<string, Bbox>();

  /** Notes one row; `before` null is a new row, `after` null a removed one. `changed` null means all cells. */
  note(
    writer: TableWriter,
    id: number,
    before: StoredCell[] | null,
    after: StoredCell[] | null,
    changed: number[] | null,
  ): void {
    const name = writer.table.name;
    let rows = this.rows.get(name);
    if (rows === undefined) this.rows.set(name, (rows = new Set()));
    rows.add(id);
    const did = (column: string): boolean => changed === null || changed.some((at) => writer.columns[at] === column);
    if (writer.table.geometry !== null && did('geom')) this.#extend(name, after?.[0]);
    if (name === 'component' && after !== null) this.#component(id, did, writer, changed);
    if (name === 'unit_grid') this.#grid(id, before, after, did);
    if ((name === 'street' || name === 'community') && (did('geom') || did('code'))) this.#area(before, after);
    if (name === 'unit' && (did('valid_from') || did('valid_to'))) this.units.add(id);
    if (name === 'component_class' && (did('ownerless') || did('code') || did('scheme'))) this.classes = true;
  }

  #component(id: number, did: (column: string) => boolean, writer: TableWriter, changed: number[] | null): void {
    if (did('geom')) this.placed.add(id);
    if (changed === null || changed.some((at) => CLARITY_COLUMNS.has(writer.columns[at] ?? ''))) this.judged.add(id);
  }

  #grid(id: number, before: StoredCell[] | null, after: StoredCell[] | null, did: (column: string) => boolean): void {
    if (after !== null) this.grids.add(id);
    if (did('geom') || did('status') || did('code') || did('community_code')) this.#area(before, after);
  }

  #area(before: StoredCell[] | null, after: StoredCell[] | null): void {
    for (const box of [boxOf(before?.[0]), boxOf(after?.[0])]) if (box !== null) this.areas.push(box);
  }

  #extend(layer: string, geom: StoredCell | undefined): void {
    const box = boxOf(geom);
    if (box === null) return;
    const held = this.extents.get(layer);
    this.extents.set(
      layer,
      held === undefined
        ? box
        : [Math.min(held[0], box[0]), Math.min(held[1], box[1]), Math.max(held[2], box[2]), Math.max(held[3], box[3])],
    );
  }
}
