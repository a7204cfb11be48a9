import type { Client } from '../../src/api/client.ts';
import type { Bbox, Position } from '../../src/model/geometry/types.ts';
import type { RefusalCode } from '../../src/model/tiling/edit.ts';
import { gridsAround } from '../../src/model/tiling/faces.ts';
import { applyOperation } from '../../src/model/tiling/operation.ts';
import { buildTiling, placeOf } from '../../src/model/tiling/tiling.ts';

/** A node of the tiling and where to drag it. */
export interface Dragging {
  at: Position;
  to: Position;
  /** Codes of the grids around it. */
  codes: string[];
}

/** Metres; far enough to see, near enough for a grid of some hundred metres. */
const STEP = 9;

/**
 * Looks in a box for a node that may be dragged (`refusal` null) or is refused for the reason given, with none of the components' grids
 * at stake. Only looks: the journey drags.
 */
export async function findDragging(client: Client, box: Bbox, refusal: RefusalCode | null): Promise<Dragging> {
  const { faces, complete, components } = await client.call('grid.network', { bbox: box });
  const tiling = buildTiling(faces, { complete });
  const points = components.map(([id, x, y, gridId]) => ({ id, x, y, gridId }));
  const codeOf = new Map(faces.map((face) => [face.id, face.code]));
  for (let node = 0; node < tiling.xs.length; node += 1) {
    const at = placeOf(tiling, node);
    const inside = at[0] > box[0] && at[1] > box[1] && at[0] < box[2] && at[1] < box[3];
    const around = gridsAround(tiling, node);
    if (!inside || around.length < 3 || !around.every((id) => complete.includes(id))) continue;
    const to: Position = [at[0] + STEP, at[1] + STEP / 2];
    const outcome = applyOperation(tiling, { op: 'move-node', at, to }, { points });
    const fits = outcome.refused ? outcome.code === refusal : refusal === null && outcome.moved.length === 0;
    if (fits) return { at, to, codes: around.map((id) => codeOf.get(id) ?? '') };
  }
  throw new Error(`No node there that is ${refusal ?? 'free to move'}.`);
}
