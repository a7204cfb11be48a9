import type { Position } from '../../model/geometry/types.ts';

/** Convex hull of points (Andrew's monotone chain), counter-clockwise, first point not repeated. Fewer than three distinct points come back as they are. */
export function convexHull(points: readonly Position[]): Position[] {
  const sorted = points.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]);
  const distinct = sorted.filter(
    (point, i) => i === 0 || point[0] !== sorted[i - 1]?.[0] || point[1] !== sorted[i - 1]?.[1],
  );
  if (distinct.length < 3) return distinct;
  const half = (order: readonly Position[]): Position[] => {
    const chain: Position[] = [];
    for (const point of order) {
      while (chain.length >= 2 && turn(chain.at(-2), chain.at(-1), point) <= 0) chain.pop();
      chain.push(point);
    }
    return chain.slice(0, -1);
  };
  return [...half(distinct), ...half(distinct.toReversed())];
}

function turn(a: Position | undefined, b: Position | undefined, c: Position): number {
  if (a === undefined || b === undefined) return 1;
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
}

/** Whether a point lies in a convex hull or on its border. */
export function inHull(hull: readonly Position[], point: Position): boolean {
  if (hull.length < 3) return hull.some((corner) => corner[0] === point[0] && corner[1] === point[1]);
  return hull.every((corner, i) => turn(corner, hull[(i + 1) % hull.length], point) >= 0);
}
