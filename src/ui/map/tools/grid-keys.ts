import { bboxOfShape, growBbox } from '../../../model/geometry/bbox.ts';
import type { Position } from '../../../model/geometry/types.ts';
import { faceOf, nodesOf } from '../../../model/tiling/faces.ts';
import { placeOf, type Tiling } from '../../../model/tiling/tiling.ts';
import { useGridEdit } from '../../app/stores/grid-edit.ts';
import { useSelection } from '../../app/stores/selection.ts';
import { NEAR } from '../scale.ts';
import type { GridSurroundings } from './grid-known.ts';
import { attempt, gridsFollowing, nodesOfGrip, operationOf, originOf, type Attempt, type Grip } from './grid-grip.ts';
import { noteOf } from './grid-preview.ts';
import type { GridSheet } from './grid-sheet.ts';
import type { NetworkKeys, ToolRoom } from './tool.ts';

/** Metres known beyond the grid: its neighbours come with it. */
const BEYOND = 60;

interface Held {
  grip: Grip;
  /** Place of the node in the ring of its grid, from 0. */
  index: number;
  of: number;
  to: Position;
  lit: number[];
  attempt: Attempt | null;
}

interface Hands {
  /** Writes what was tried; what was refused stays held and says why. */
  settle: (attempt: Attempt) => void;
  /** Nothing stays held or drawn. */
  letGo: () => void;
}

/**
 * The network by keys: the nodes and edges of the selected grid one after the other, moved by steps or to a typed place. The picture and
 * the refusals are those of the pointer.
 */
export class GridKeys implements NetworkKeys {
  readonly #room: ToolRoom;
  readonly #around: GridSurroundings;
  readonly #sheet: GridSheet;
  readonly #hands: Hands;
  #held: Held | null = null;
  /** Where the last node was let go: the next one is counted from here. */
  #last: Position | null = null;
  #asked = 0;

  constructor(room: ToolRoom, around: GridSurroundings, sheet: GridSheet, hands: Hands) {
    this.#room = room;
    this.#around = around;
    this.#sheet = sheet;
    this.#hands = hands;
  }

  get holds(): boolean {
    return this.#held !== null;
  }

  async step(by: 1 | -1): Promise<void> {
    const nodes = await this.#nodesOfChosen();
    if (nodes === null) return;
    const before = this.#held?.index ?? indexNear(nodes, this.#last);
    const first = by > 0 ? 0 : nodes.length - 1;
    const index = before === null ? first : (before + by + nodes.length) % nodes.length;
    const at = nodes[index];
    if (at !== undefined) this.#take({ kind: 'node', at }, index, nodes.length);
  }

  /** From a node to the edge that follows it in the ring, and back. */
  async edge(): Promise<void> {
    const held = this.#held;
    const nodes = await this.#nodesOfChosen();
    if (held === null || nodes === null) return;
    const a = nodes[held.index];
    const b = nodes[(held.index + 1) % nodes.length];
    if (a === undefined || b === undefined) return;
    const from: Position = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
    this.#take(held.grip.kind === 'node' ? { kind: 'edge', a, b, from } : { kind: 'node', at: a }, held.index, held.of);
  }

  nudge([east, north]: Position): void {
    const held = this.#held;
    if (held !== null) this.put([held.to[0] + east, held.to[1] + north]);
  }

  /** Where it would go; shown, and refused with a reason, but not written. */
  put(to: Position): boolean {
    const held = this.#held;
    const { known } = this.#around;
    if (held === null || known === null) return false;
    const tried = attempt(known, operationOf(held.grip, to), held.lit);
    this.#held = { ...held, to, attempt: tried };
    this.#room.reveal(to);
    this.#sheet.showDrag(known.tiling, tried.outcome, held.lit);
    useGridEdit.getState().show(tried.preview);
    this.#room.say(noteOf(tried.preview, to));
    this.#tell();
    return !tried.outcome.refused;
  }

  commit(): void {
    const tried = this.#held?.attempt ?? null;
    if (tried === null || tried.outcome.refused) return;
    const to = this.#held?.to ?? null;
    this.#hands.letGo();
    this.#last = to;
    this.#hands.settle(tried);
  }

  /** A new node in the middle of the edge held. */
  insert(): void {
    const held = this.#held;
    const { known } = this.#around;
    if (held === null || known === null || held.grip.kind !== 'edge') return;
    const { a, b } = held.grip;
    const tried = attempt(known, { op: 'insert-node', a, b, to: held.to }, held.lit);
    this.#hands.letGo();
    this.#last = a;
    this.#hands.settle(tried);
  }

  /** No longer held; what was tried of it is forgotten, nothing was written. */
  release(): void {
    if (this.#held !== null) this.#last = originOf(this.#held.grip);
    this.#held = null;
    this.#asked += 1;
    useGridEdit.getState().take(null);
  }

  #take(grip: Grip, index: number, of: number): void {
    this.#hands.letGo();
    const { known } = this.#around;
    if (known === null) return;
    const lit = gridsFollowing(known.tiling, grip);
    this.#held = { grip, index, of, to: originOf(grip), lit, attempt: null };
    useGridEdit.getState().hold(() => this.#hands.letGo());
    this.#room.focus();
    this.#room.reveal(originOf(grip));
    this.#sheet.showNodes(known.tiling);
    this.#sheet.showGrip(known.tiling, nodesOfGrip(grip), lit);
    this.#tell();
  }

  #tell(): void {
    const held = this.#held;
    if (held === null) return;
    const { grip, index, of, to, lit } = held;
    const [x, y] = originOf(grip);
    useGridEdit.getState().take({
      kind: grip.kind,
      index,
      of,
      at: to,
      by: [to[0] - x, to[1] - y],
      grids: lit.length,
    });
  }

  /** Places of the chosen grid's nodes in ring order, the map near enough to see them; null where there is no such grid. */
  async #nodesOfChosen(): Promise<Position[] | null> {
    const { layer, primary } = useSelection.getState();
    if (layer !== 'unit_grid' || primary === null) return null;
    const here = this.#around.known;
    if (here !== null && here.complete.has(primary)) return placesOf(here.tiling, primary);
    const asked = ++this.#asked;
    const [feature] = await this.#room.client.call('map.features', { layer, ids: [primary] });
    const box = feature === undefined || feature.shape === null ? null : bboxOfShape(feature.shape);
    if (box === null) return null;
    const known = await this.#around.learnBox(growBbox(box, BEYOND));
    // Another grid was chosen, or the tool put down, meanwhile.
    if (known === null || asked !== this.#asked) return null;
    if (this.#room.resolution() > NEAR.symbols) this.#room.goTo(box);
    return placesOf(known.tiling, primary);
  }
}

function placesOf(tiling: Tiling, id: number): Position[] | null {
  const face = faceOf(tiling, id);
  return face === null ? null : nodesOf(face).map((node) => placeOf(tiling, node));
}

/** The place nearest to where the last one was, if that is one of these. */
function indexNear(nodes: readonly Position[], last: Position | null): number | null {
  if (last === null) return null;
  const index = nodes.findIndex(([x, y]) => Math.hypot(x - last[0], y - last[1]) < 0.001);
  return index < 0 ? null : index;
}
