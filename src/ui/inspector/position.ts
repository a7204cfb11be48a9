import type { Position } from '../../model/geometry/types.ts';
import { halfWidth } from '../kit/half-width.ts';

/** Two numbers, metres east and north, as people write them: 'E 441 070.81 N 4 428 351.90', '441070.81, 4428351.90'. Null when they are not. */
export function parsePosition(typed: string): Position | null {
  const text = halfWidth(typed)
    .replaceAll(/[EN东北XY:：=]/giu, ' ; ')
    .replaceAll(/[,，、]/gu, ';');
  const parts = text
    .split(';')
    .map((part) => part.replaceAll(/\s/gu, ''))
    .filter((part) => part !== '');
  const pair = parts.length === 1 ? text.replaceAll(';', ' ').trim().split(/\s+/u) : parts;
  const [east, north] = pair.map(Number);
  if (pair.length !== 2 || east === undefined || north === undefined) return null;
  return Number.isFinite(east) && Number.isFinite(north) ? [east, north] : null;
}
