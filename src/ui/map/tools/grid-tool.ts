import type { Client } from '../../../api/client.ts';
import type { Position } from '../../../model/geometry/types.ts';
import { faceArea, faceOf, gridsAround, nearestEdge, nearestNode } from '../../../model/tiling/faces.ts';
import { applyOperation, type TilingOperation } from '../../../model/tiling/operation.ts';
import { buildTiling, placeOf, type Tiling } from '../../../model/tiling/tiling.ts';
import type { Edited, Refusal } from '../../../model/tiling/edit.ts';
import { useSelection } from '../../app/stores/selection.ts';
import { tellFailure } from '../../app/tell.ts';
import { say as translate, type WordKey } from '../../words/index.ts';
import { areaText, NEAR } from '../scale.ts';
import { GridSheet } from './grid-sheet.ts';
import type { MapTool, PointerAt, ToolRoom } from './tool.ts';

const NODE_PIXELS = 9;
const EDGE_PIXELS = 6;
/** How much around the pointer is known, metres: grids are some hundred metres wide, their neighbours come with them. */
const AROUND = 150;

/** What the pointer has hold of. */
type Grip = { kind: 'node'; at: Position } | { kind: 'edge'; a: Position; b: Position; from: Position };

interface Known {
  tiling: Tiling;
  points: { id: number; x: number; y: number; gridId: number }[];
  box: [number, number, number, number];
}

/**
 * Drags nodes and edges of the unit grids. The picture while dragging is made by the same function that commits in the engine; what
 * would break the tiling is refused with place and reason, and letting go then changes nothing.
 */
export class GridTool implements MapTool {
  readonly #room: ToolRoom;
  readonly #sheet: GridSheet;
  #known: Known | null = null;
  #asking: Promise<void> | null = null;
  #grip: Grip | null = null;
  #result: { operation: TilingOperation; outcome: Edited | Refusal } | null = null;
  #stopped = false;

  constructor(room: ToolRoom) {
    this.#room = room;
    this.#sheet = new GridSheet(room);
  }

  enter(): void {
    this.#room.setCursor('');
  }

  exit(): void {
    this.#stopped = true;
    this.#drop();
    this.#room.setCursor('');
  }

  /** The engine's data changed: what is known of the network is stale. */
  forget(): void {
    this.#known = null;
    if (this.#grip === null) this.#sheet.clear();
  }

  move({ at }: PointerAt): void {
    if (this.#room.resolution() > NEAR.symbols) return this.#sheet.clear();
    if (!this.#covers(at)) {
      void this.#learn(at);
      return;
    }
    const grip = this.#gripAt(at);
    this.#room.setCursor(grip === null ? '' : 'grab');
    this.#sheet.showGrip(this.#tiling(), grip === null ? null : this.#nodesOf(grip), this.#lit(grip));
  }

  down({ at }: PointerAt): boolean {
    if (!this.#covers(at)) return false;
    this.#grip = this.#gripAt(at);
    if (this.#grip === null) return false;
    this.#room.setCursor('grabbing');
    return true;
  }

  drag({ at, shift }: PointerAt): void {
    const grip = this.#grip;
    const known = this.#known;
    if (grip === null || known === null) return;
    const operation = operationOf(grip, shift ? straightened(grip, at) : at);
    const outcome = applyOperation(known.tiling, operation, { points: known.points });
    this.#result = { operation, outcome };
    this.#sheet.showDrag(known.tiling, outcome, this.#lit(grip));
    this.#room.say(this.#noteOf(outcome, known.tiling, at));
  }

  up(): void {
    const result = this.#result;
    this.#grip = null;
    this.#result = null;
    this.#room.say(null);
    this.#room.setCursor('');
    if (result === null || result.outcome.refused) {
      // What was refused leaves no trace; the reason was said by the pointer while it was held.
      this.#sheet.clear();
      if (result?.outcome.refused === true && result.outcome.code !== 'no-change') {
        this.#room.say({ at: result.outcome.place, tone: 'refusal', text: sentence(result.outcome) });
      }
      return;
    }
    void this.#commit(result.operation, result.outcome);
  }

  click({ at }: PointerAt): void {
    this.#room.say(null);
    void selectGridAt(this.#room.client, at, this.#room.viewId());
  }

  /** A node where there is none yet: on the edge under the pointer, both neighbours get it. */
  doubleClick({ at }: PointerAt): void {
    const known = this.#known;
    if (known === null) return;
    const grip = this.#gripAt(at);
    if (grip === null || grip.kind !== 'edge') return;
    const operation: TilingOperation = { op: 'insert-node', a: grip.a, b: grip.b, to: at };
    const outcome = applyOperation(known.tiling, operation, { points: known.points });
    if (outcome.refused) this.#room.say({ at: outcome.place, tone: 'refusal', text: sentence(outcome) });
    else void this.#commit(operation, outcome);
  }

  async #commit(operation: TilingOperation, outcome: Edited): Promise<void> {
    try {
      const done = await this.#room.client.call('grid.edit', { operation });
      useSelection.getState().select(
        'unit_grid',
        done.changed.map((grid) => grid.id),
        { primary: outcome.changed[0] ?? 0 },
      );
    } catch (error) {
      tellFailure(error);
    }
    this.#known = null;
    this.#sheet.clear();
  }

  #drop(): void {
    this.#grip = null;
    this.#result = null;
    this.#sheet.clear();
    this.#room.say(null);
  }

  #tiling(): Tiling | null {
    return this.#known?.tiling ?? null;
  }

  #covers([x, y]: Position): boolean {
    const box = this.#known?.box;
    return box !== undefined && x > box[0] && y > box[1] && x < box[2] && y < box[3];
  }

  async #learn([x, y]: Position): Promise<void> {
    if (this.#asking !== null) return this.#asking;
    const box: Known['box'] = [x - AROUND, y - AROUND, x + AROUND, y + AROUND];
    this.#asking = this.#room.client
      .call('grid.network', { bbox: box })
      .then(({ faces, complete, components }) => {
        if (this.#stopped || this.#grip !== null) return;
        const points = components.map(([id, px, py, gridId]) => ({ id, x: px, y: py, gridId }));
        this.#known = { tiling: buildTiling(faces, { complete }), points, box };
        this.#sheet.showNodes(this.#known.tiling);
      }, tellFailure)
      .finally(() => {
        this.#asking = null;
      });
    return this.#asking;
  }

  #gripAt(at: Position): Grip | null {
    const tiling = this.#tiling();
    if (tiling === null) return null;
    const pixel = this.#room.resolution();
    const node = nearestNode(tiling, at, NODE_PIXELS * pixel);
    if (node >= 0) return { kind: 'node', at: placeOf(tiling, node) };
    const edge = nearestEdge(tiling, at, EDGE_PIXELS * pixel);
    if (edge === null) return null;
    return { kind: 'edge', a: placeOf(tiling, edge.a), b: placeOf(tiling, edge.b), from: at };
  }

  #nodesOf(grip: Grip): Position[] {
    return grip.kind === 'node' ? [grip.at] : [grip.a, grip.b];
  }

  /** Grids that would follow: lit before the drag begins. */
  #lit(grip: Grip | null): number[] {
    const tiling = this.#tiling();
    if (tiling === null || grip === null) return [];
    const ids = this.#nodesOf(grip).flatMap((place) => {
      const node = nearestNode(tiling, place, 0.001);
      return node < 0 ? [] : gridsAround(tiling, node);
    });
    return [...new Set(ids)];
  }

  #noteOf(outcome: Edited | Refusal, before: Tiling, at: Position) {
    if (outcome.refused) {
      return outcome.code === 'no-change' ? null : ({ at, tone: 'refusal', text: sentence(outcome) } as const);
    }
    const areas = outcome.changed.slice(0, 4).flatMap((id) => {
      const was = faceOf(before, id);
      const now = faceOf(outcome.tiling, id);
      if (was === null || now === null) return [];
      const difference = faceArea(outcome.tiling, now) - faceArea(before, was);
      const sign = difference < 0 ? '−' : '+';
      return [`…${now.code.slice(-6)} ${sign}${areaText(Math.abs(difference))}`];
    });
    const moved = outcome.moved.length === 0 ? [] : [translate('map.grid.moved', { count: outcome.moved.length })];
    return { at, tone: 'plain', text: [...areas, ...moved].join('\n') } as const;
  }
}

function operationOf(grip: Grip, to: Position): TilingOperation {
  if (grip.kind === 'node') return { op: 'move-node', at: grip.at, to };
  return { op: 'move-edge', a: grip.a, b: grip.b, by: [to[0] - grip.from[0], to[1] - grip.from[1]] };
}

/** Shift keeps to the nearer axis. */
function straightened(grip: Grip, at: Position): Position {
  const from = grip.kind === 'node' ? grip.at : grip.from;
  return Math.abs(at[0] - from[0]) > Math.abs(at[1] - from[1]) ? [at[0], from[1]] : [from[0], at[1]];
}

/** Why not, in one sentence of the person's language. */
export function sentence(refusal: Refusal): string {
  const codes = (refusal.data.codes ?? []).map((code) => `…${code.slice(-6)}`).join(' ');
  const key: WordKey = `map.refusal.${refusal.code}`;
  return translate(key, { codes, metres: refusal.data.metres ?? 0 });
}

async function selectGridAt(client: Client, at: Position, viewId: string | null): Promise<void> {
  const hits = await client.call('map.hit', { at, tolerance: 0, layers: ['unit_grid'], viewId });
  const hit = hits[0];
  if (hit === undefined) useSelection.getState().clear();
  else useSelection.getState().select('unit_grid', [hit.id]);
}
