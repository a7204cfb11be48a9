import type { Graph } from './graph.ts';

/**
 * Circles of imports that exist when running, each as the files in order, starting at its first by name. Type-only imports
 * vanish, so two files may name each other's types. One circle is shown for each knot of files that reach one another.
 */
export function findCycles(graph: Graph): string[][] {
  const next = new Map<string, string[]>();
  for (const arrow of graph.arrows) {
    if (arrow.typeOnly || arrow.to.kind !== 'file') continue;
    next.set(arrow.from, [...(next.get(arrow.from) ?? []), arrow.to.name]);
  }
  const known = new Set<string>();
  const cycles: string[][] = [];
  for (const start of [...next.keys()].toSorted()) {
    if (known.has(start)) continue;
    const cycle = wayBack(start, next);
    if (!cycle) continue;
    cycles.push(cycle);
    for (const file of cycle) known.add(file);
  }
  return cycles;
}

/** The shortest way from a file to itself, breadth first; undefined when there is none. */
function wayBack(start: string, next: Map<string, string[]>): string[] | undefined {
  const cameFrom = new Map<string, string>();
  const queue = [start];
  for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
    for (const to of next.get(file) ?? []) {
      if (to === start) return pathTo(file, cameFrom, start);
      if (cameFrom.has(to)) continue;
      cameFrom.set(to, file);
      queue.push(to);
    }
  }
  return undefined;
}

function pathTo(last: string, cameFrom: Map<string, string>, start: string): string[] {
  const path = [start];
  for (let file: string | undefined = last; file !== undefined && file !== start; file = cameFrom.get(file)) {
    path.splice(1, 0, file);
  }
  return [...path, start];
}
