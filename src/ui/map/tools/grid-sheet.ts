import Feature from 'ol/Feature.js';
import MultiPoint from 'ol/geom/MultiPoint.js';
import MultiPolygon from 'ol/geom/MultiPolygon.js';
import Point from 'ol/geom/Point.js';
import type { Edited, Refusal } from '../../../model/tiling/edit.ts';
import { faceOf, faceShape } from '../../../model/tiling/faces.ts';
import { placeOf, type Tiling } from '../../../model/tiling/tiling.ts';
import type { Position } from '../../../model/geometry/types.ts';
import type { ToolRoom } from './tool.ts';

/** What the grid tool draws: nodes in reach, grids that will follow, their new shapes, or the place of a refusal. */
export class GridSheet {
  readonly #room: ToolRoom;
  #nodes: Feature | null = null;
  #gripKey = '';

  constructor(room: ToolRoom) {
    this.#room = room;
  }

  clear(): void {
    this.#nodes = null;
    this.#gripKey = '';
    this.#room.sheet.clear();
  }

  /** Every node of the grids known, as small squares. */
  showNodes(tiling: Tiling): void {
    const places: Position[] = [];
    for (let node = 0; node < tiling.xs.length; node += 1) places.push(placeOf(tiling, node));
    this.#nodes = new Feature({ geometry: new MultiPoint(places), role: 'nodes' });
    this.#gripKey = '';
    this.#room.sheet.clear();
    this.#room.sheet.addFeature(this.#nodes);
  }

  /** The node or edge under the pointer, and the grids a drag would change. */
  showGrip(tiling: Tiling | null, grip: Position[] | null, lit: number[]): void {
    const key = grip === null ? '' : grip.map((place) => place.join(' ')).join(';');
    if (key === this.#gripKey || tiling === null) return;
    this.#gripKey = key;
    this.#room.sheet.clear(true);
    if (this.#nodes !== null) this.#room.sheet.addFeature(this.#nodes);
    this.#addFaces(tiling, lit, 'neighbour');
    for (const place of grip ?? [])
      this.#room.sheet.addFeature(new Feature({ geometry: new Point(place), role: 'grip' }));
  }

  /** The shapes as they would be, or where and that it cannot be. */
  showDrag(before: Tiling, outcome: Edited | Refusal, lit: number[]): void {
    this.#gripKey = 'drag';
    this.#room.sheet.clear(true);
    if (outcome.refused) {
      this.#addFaces(before, lit, outcome.code === 'no-change' ? 'neighbour' : 'refused');
      this.#room.sheet.addFeature(new Feature({ geometry: new Point(outcome.place), role: 'refusal' }));
      return;
    }
    this.#addFaces(before, outcome.changed, 'before');
    this.#addFaces(outcome.tiling, outcome.changed, 'after');
    for (const node of outcome.nodes) {
      this.#room.sheet.addFeature(new Feature({ geometry: new Point(placeOf(outcome.tiling, node)), role: 'grip' }));
    }
  }

  #addFaces(tiling: Tiling, ids: readonly number[], role: string): void {
    for (const id of ids) {
      const face = faceOf(tiling, id);
      if (face === null) continue;
      const geometry = new MultiPolygon(faceShape(tiling, face).coordinates);
      this.#room.sheet.addFeature(new Feature({ geometry, role }));
    }
  }
}
