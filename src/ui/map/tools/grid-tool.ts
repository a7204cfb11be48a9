import type { Client } from '../../../api/client.ts';
import type { Position } from '../../../model/geometry/types.ts';
import { nearestEdge, nearestNode } from '../../../model/tiling/faces.ts';
import type { TilingOperation } from '../../../model/tiling/operation.ts';
import { placeOf } from '../../../model/tiling/tiling.ts';
import { withPerson } from '../../app/project.ts';
import { useGridEdit, type GridEditPreview } from '../../app/stores/grid-edit.ts';
import { useSelection } from '../../app/stores/selection.ts';
import { tellFailure } from '../../app/tell.ts';
import { NEAR } from '../scale.ts';
import { GridSurroundings } from './grid-known.ts';
import {
  attempt,
  gridsFollowing,
  nodesOfGrip,
  operationOf,
  straightened,
  type Attempt,
  type Grip,
} from './grid-grip.ts';
import { GridKeys } from './grid-keys.ts';
import { noteOf } from './grid-preview.ts';
import { GridSheet } from './grid-sheet.ts';
import type { MapTool, PointerAt, ToolRoom } from './tool.ts';

const NODE_PIXELS = 9;
const EDGE_PIXELS = 6;
/** A refusal stays by its place this long, or until the pointer leaves it. */
const REFUSAL_MS = 5000;
const LEFT_PIXELS = 90;
/** The new outline stays until the tiles with it have come. */
const SETTLE_MS = 400;

/**
 * Drags nodes and edges of the unit grids. The picture while dragging is made by the same function that commits in the engine; what
 * would break the tiling is refused with place and reason, and letting go then changes nothing.
 */
export class GridTool implements MapTool {
  readonly #room: ToolRoom;
  readonly #sheet: GridSheet;
  readonly #around: GridSurroundings;
  readonly network: GridKeys;
  #grip: Grip | null = null;
  #result: Attempt | null = null;
  #refusedAt: Position | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #deafen: (() => void) | null = null;

  constructor(room: ToolRoom) {
    this.#room = room;
    this.#sheet = new GridSheet(room);
    this.#around = new GridSurroundings(room.client);
    this.network = new GridKeys(room, this.#around, this.#sheet, {
      settle: (tried) => this.#settle(tried),
      letGo: () => this.#letGo(),
    });
  }

  enter(): void {
    this.#room.setCursor('');
    this.#deafen = this.#room.client.listen((event) => {
      if (event.event === 'changed' && event.layers.some((layer) => FOLLOWED.has(layer))) this.#forget();
    });
  }

  exit(): void {
    this.#deafen?.();
    clearTimeout(this.#timer);
    this.#around.forget();
    this.#letGo();
  }

  move({ at }: PointerAt): void {
    this.#leaveRefusal(at);
    // What the keys hold is not lost to a pointer that lies about.
    if (this.network.holds) return undefined;
    if (this.#room.resolution() > NEAR.symbols) {
      this.#room.setCursor('');
      return this.#sheet.clear();
    }
    if (!this.#around.covers(at)) {
      // Nothing can be taken hold of before it is known; the pointer must not say so.
      this.#room.setCursor('');
      return this.#learn(at);
    }
    const grip = this.#gripAt(at);
    this.#room.setCursor(grip === null ? '' : 'grab');
    const tiling = this.#around.known?.tiling ?? null;
    this.#sheet.showGrip(tiling, grip === null ? null : nodesOfGrip(grip), this.#lit(grip));
  }

  down({ at }: PointerAt): boolean {
    if (this.#room.resolution() > NEAR.symbols || !this.#around.covers(at)) return false;
    const grip = this.#gripAt(at);
    if (grip === null) return false;
    if (this.network.holds) this.#letGo();
    this.#grip = grip;
    this.#say(null);
    this.#room.setCursor('grabbing');
    return true;
  }

  drag({ at, shift }: PointerAt): void {
    const grip = this.#grip;
    const { known } = this.#around;
    if (grip === null || known === null) return;
    useGridEdit.getState().hold(() => this.#letGo());
    const operation = operationOf(grip, shift ? straightened(grip, at) : at);
    const lit = this.#lit(grip);
    this.#result = this.#try(operation, lit);
    if (this.#result === null) return;
    const { outcome, preview } = this.#result;
    this.#sheet.showDrag(known.tiling, outcome, lit);
    useGridEdit.getState().show(preview);
    this.#room.say(noteOf(preview, at));
  }

  up(): void {
    const result = this.#result;
    this.#letGo();
    if (result !== null) this.#settle(result);
  }

  click({ at }: PointerAt): void {
    this.#say(null);
    selectGridAt(this.#room.client, at, this.#room.viewId()).catch(tellFailure);
  }

  /** A node where there is none yet: on the edge under the pointer, both neighbours get it. */
  doubleClick({ at }: PointerAt): void {
    const grip = this.#gripAt(at);
    if (grip === null || grip.kind !== 'edge') return;
    const result = this.#try({ op: 'insert-node', a: grip.a, b: grip.b, to: at }, this.#lit(grip));
    if (result !== null) this.#settle(result);
  }

  /** Writes what can be; of what was refused the reason stays where it would have been. */
  #settle({ operation, outcome, preview }: Attempt): void {
    const { known } = this.#around;
    if (outcome.refused) {
      if (preview.refusal !== null) this.#say(outcome.place, preview.refusal);
      return;
    }
    if (known !== null) this.#sheet.showDrag(known.tiling, outcome, []);
    withPerson(() => void this.#commit(operation, preview));
  }

  async #commit(operation: TilingOperation, preview: GridEditPreview): Promise<void> {
    try {
      const done = await this.#room.client.call('grid.edit', { operation });
      const edges = new Map(preview.rehomed.map((one) => [one.id, one.toEdge]));
      if (done.revision !== null) {
        useGridEdit.getState().finish({
          operation: operation.op,
          revision: done.revision,
          reshaped: done.changed,
          rehomed: done.movedComponents.map(({ id, from, to }) => ({ id, from, to, toEdge: edges.get(id) ?? null })),
        });
      }
      const ids = done.changed.map((grid) => grid.id);
      const { primary } = useSelection.getState();
      useSelection.getState().select('unit_grid', ids, primary !== null && ids.includes(primary) ? { primary } : {});
    } catch (error) {
      this.#sheet.clear();
      tellFailure(error);
    }
    this.#around.forget();
  }

  #try(operation: TilingOperation, lit: readonly number[]): Attempt | null {
    const { known } = this.#around;
    return known === null ? null : attempt(known, operation, lit);
  }

  /** Nothing is held any more, and nothing of it stays on the map. */
  #letGo(): void {
    this.network.release();
    this.#grip = null;
    this.#result = null;
    this.#sheet.clear();
    this.#say(null);
    this.#room.setCursor('');
    useGridEdit.getState().hold(null);
    useGridEdit.getState().show(null);
  }

  /** The project changed: what is known of the network may no longer be true. */
  #forget(): void {
    this.#around.forget();
    if (this.#grip !== null || this.network.holds) return this.#letGo();
    // A refusal was about grids as they were; its timer is the one that is set anew below.
    this.#say(null);
    this.#timer = setTimeout(() => this.#sheet.clear(), SETTLE_MS);
  }

  #say(place: Position | null, refusal = ''): void {
    this.#refusedAt = place;
    clearTimeout(this.#timer);
    this.#room.say(place === null ? null : { at: place, tone: 'refusal', text: refusal });
    if (place !== null) this.#timer = setTimeout(() => this.#say(null), REFUSAL_MS);
  }

  #leaveRefusal(at: Position): void {
    const place = this.#refusedAt;
    if (place === null) return;
    const pixels = Math.hypot(at[0] - place[0], at[1] - place[1]) / this.#room.resolution();
    if (pixels > LEFT_PIXELS) this.#say(null);
  }

  #learn(at: Position): void {
    this.#around.learn(at).then((known) => {
      if (known !== null && this.#grip === null && !this.network.holds && this.#deafen !== null)
        this.#sheet.showNodes(known.tiling);
    }, tellFailure);
  }

  #gripAt(at: Position): Grip | null {
    const tiling = this.#around.known?.tiling;
    if (tiling === undefined) return null;
    const pixel = this.#room.resolution();
    const node = nearestNode(tiling, at, NODE_PIXELS * pixel);
    if (node >= 0) return { kind: 'node', at: placeOf(tiling, node) };
    const edge = nearestEdge(tiling, at, EDGE_PIXELS * pixel);
    if (edge === null) return null;
    return { kind: 'edge', a: placeOf(tiling, edge.a), b: placeOf(tiling, edge.b), from: at };
  }

  #lit(grip: Grip | null): number[] {
    return gridsFollowing(this.#around.known?.tiling, grip);
  }
}

/** What is known of the network is made of these. */
const FOLLOWED = new Set(['unit_grid', 'component']);

async function selectGridAt(client: Client, at: Position, viewId: string | null): Promise<void> {
  const hits = await client.call('map.hit', { at, tolerance: 0, layers: ['unit_grid'], viewId });
  const hit = hits[0];
  if (hit === undefined) useSelection.getState().clear();
  else useSelection.getState().select('unit_grid', [hit.id]);
}
