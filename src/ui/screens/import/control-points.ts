import type { Position } from '../../../model/geometry/types.ts';

export interface TypedPoint {
  name?: string;
  from: Position;
  to: Position;
}

/** Control points as people type or paste them: a name or none, then four numbers; parted by tabs, commas, semicolons or blanks. */
export function readControlPoints(text: string): { points: TypedPoint[]; badLine: number | null } {
  const points: TypedPoint[] = [];
  let badLine: number | null = null;
  for (const [i, line] of text.split('\n').entries()) {
    const parts = line
      .trim()
      .split(/[\t,，;；]+\s*|\s+/u)
      .filter((part) => part !== '');
    if (parts.length === 0) continue;
    const numbers = parts.slice(-4).map(Number);
    const [x, y, u, v] = numbers;
    if (
      numbers.length < 4 ||
      x === undefined ||
      y === undefined ||
      u === undefined ||
      v === undefined ||
      !numbers.every(Number.isFinite)
    ) {
      // A first line of headings is no point and no fault.
      if (i > 0 || parts.some((part) => Number.isFinite(Number(part)))) badLine ??= i + 1;
      continue;
    }
    const name = parts.slice(0, -4).join(' ');
    points.push({ ...(name === '' ? {} : { name }), from: [x, y], to: [u, v] });
  }
  return { points, badLine };
}

/** At least two places that are not the same. */
export function enoughPoints(points: readonly TypedPoint[]): boolean {
  const [first] = points;
  return first !== undefined && points.some(({ from }) => from[0] !== first.from[0] || from[1] !== first.from[1]);
}
