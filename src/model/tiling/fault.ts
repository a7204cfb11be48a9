import type { Position } from '../geometry/types.ts';
import { codesOf } from './edit.ts';
import type { Tiling } from './tiling.ts';

/** Something wrong with the tiling: where (metres), which grids, how much ground. */
export interface TilingFault {
  place: Position;
  /** Ids of the grids, ascending. */
  ids: number[];
  codes: string[];
  /** m², null where no ground is concerned. */
  areaM2: number | null;
}

/** A fault of these faces (by number). */
export function faultOf(tiling: Tiling, place: Position, faces: Iterable<number>, areaM2: number | null): TilingFault {
  const numbers = [...new Set(faces)];
  const ids = numbers.flatMap((n) => tiling.faces[n]?.id ?? []).sort((a, b) => a - b);
  return { place, ids, codes: codesOf(tiling, numbers), areaM2 };
}
