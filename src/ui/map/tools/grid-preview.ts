import { squaredDistanceToSegment } from '../../../model/geometry/predicates.ts';
import type { Position } from '../../../model/geometry/types.ts';
import type { Edited, Refusal } from '../../../model/tiling/edit.ts';
import { faceArea, faceOf } from '../../../model/tiling/faces.ts';
import type { TilingOperation } from '../../../model/tiling/operation.ts';
import { eachEdge, placeOf, type Tiling } from '../../../model/tiling/tiling.ts';
import type { GridEditPreview, Rehomed, ReshapedGrid } from '../../app/stores/grid-edit.ts';
import { say as translate, type WordKey } from '../../words/index.ts';
import { areaText } from '../scale.ts';
import type { KnownGrids } from './grid-known.ts';
import type { ToolNote } from './tool.ts';

/** Grids a note by the pointer has room for. */
const NOTED = 4;

/** What an edit would do, in the terms of lists beside the map. `lit` are the grids that follow the pointer. */
export function previewOf(
  known: KnownGrids,
  operation: TilingOperation,
  outcome: Edited | Refusal,
  lit: readonly number[],
): GridEditPreview {
  const follows = new Set(lit);
  const near = known.points.filter((point) => follows.has(point.gridId)).map((point) => point.id);
  const base = { operation: operation.op, near };
  if (outcome.refused) {
    const refusal = outcome.code === 'no-change' ? null : sentence(outcome);
    return { ...base, reshaped: [], rehomed: [], refusal };
  }
  return { ...base, reshaped: reshapedBy(known.tiling, outcome), rehomed: rehomedBy(known, outcome), refusal: null };
}

function reshapedBy(before: Tiling, { tiling, changed }: Edited): ReshapedGrid[] {
  return changed.flatMap((id) => {
    const was = faceOf(before, id);
    const now = faceOf(tiling, id);
    if (was === null || now === null) return [];
    return [{ id, code: now.code, areaWas: faceArea(before, was), areaNow: faceArea(tiling, now) }];
  });
}

function rehomedBy({ points }: KnownGrids, { tiling, moved }: Edited): Rehomed[] {
  const places = new Map(points.map((point) => [point.id, point]));
  const codeOf = (id: number | null) => (id === null ? null : (faceOf(tiling, id)?.code ?? null));
  return moved.map(({ id, from, to }) => {
    const at = places.get(id);
    const toEdge = at === undefined || to === null ? null : distanceToEdge(tiling, to, [at.x, at.y]);
    return { id, from: codeOf(from), to: codeOf(to), toEdge };
  });
}

/** Metres from a place to the nearest edge of a grid. */
function distanceToEdge(tiling: Tiling, id: number, [x, y]: Position): number | null {
  const face = faceOf(tiling, id);
  if (face === null) return null;
  let nearest = Number.POSITIVE_INFINITY;
  eachEdge(face, (a, b) => {
    nearest = Math.min(nearest, squaredDistanceToSegment(x, y, placeOf(tiling, a), placeOf(tiling, b)));
  });
  return Number.isFinite(nearest) ? Math.sqrt(nearest) : null;
}

/** What stands by the pointer while it drags: how areas change and how many components change grid, or why it can't be. */
export function noteOf({ reshaped, rehomed, refusal }: GridEditPreview, at: Position): ToolNote | null {
  if (refusal !== null) return { at, tone: 'refusal', text: refusal };
  if (reshaped.length === 0) return null;
  const areas = reshaped.slice(0, NOTED).map(({ code, areaWas, areaNow }) => {
    const difference = areaNow - areaWas;
    return `…${code.slice(-6)} ${difference < 0 ? '−' : '+'}${areaText(Math.abs(difference))}`;
  });
  const moved = rehomed.length === 0 ? [] : [translate('map.grid.moved', { count: rehomed.length })];
  return { at, tone: 'plain', text: [...areas, ...moved].join('\n') };
}

/** Why not, in one sentence of the person's language. */
function sentence(refusal: Refusal): string {
  const codes = (refusal.data.codes ?? []).map((code) => `…${code.slice(-6)}`).join(' ');
  const key: WordKey = `map.refusal.${refusal.code}`;
  return translate(key, { codes, metres: refusal.data.metres ?? 0 });
}
