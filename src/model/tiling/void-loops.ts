import type { Position } from '../geometry/types.ts';
import { at, DISTRICT, type LooseEdges, type Noding } from './loose-edges.ts';

/** A closed walk along loose edges with uncovered ground to its left. Corners in lattice steps, not closed. */
export interface VoidLoop {
  corners: Position[];
  /** Faces beside it, ascending. */
  faces: number[];
}

interface Step {
  from: number;
  to: number;
  owner: number;
  next: Step | null;
  walked: boolean;
}

/**
 * Loops of what is left when each piece of edge has been cancelled against its opposite: face edges walked backwards (the face on
 * the right), district edges forwards (the district on the left). Each loop has one cover on its left and one more on its right.
 */
export function voidLoops(loose: LooseEdges, noding: Noding): VoidLoop[] {
  const steps = remainingSteps(loose, noding);
  linkSteps(loose, steps);
  const loops: VoidLoop[] = [];
  for (const first of steps) {
    const corners: Position[] = [];
    const faces = new Set<number>();
    for (let step: Step | null = first; step && !step.walked; step = step.next) {
      step.walked = true;
      corners.push(at(loose.nodes, step.from));
      if (step.owner !== DISTRICT) faces.add(step.owner);
    }
    if (corners.length > 2) loops.push({ corners, faces: [...faces].sort((a, b) => a - b) });
  }
  return loops;
}

function remainingSteps(loose: LooseEdges, noding: Noding): Step[] {
  const pieces = new Map<string, Step[]>();
  loose.edges.forEach(({ owner }, i) => {
    const chain = noding.chains[i] ?? [];
    const walk = owner === DISTRICT ? chain : chain.toReversed();
    for (let k = 1; k < walk.length; k++) {
      const from = walk[k - 1] ?? 0;
      const to = walk[k] ?? 0;
      if (from === to || pieces.get(`${to} ${from}`)?.pop()) continue;
      const key = `${from} ${to}`;
      const piece = pieces.get(key) ?? [];
      piece.push({ from, to, owner, next: null, walked: false });
      pieces.set(key, piece);
    }
  });
  return [...pieces.values()].flat();
}

/**
 * Says for each step which one follows. Where several loops touch in a node, steps that arrive and steps that leave are matched like
 * brackets, going round clockwise: between an arrival and its departure only whole pairs lie, so loops meet there but do not cross.
 */
function linkSteps(loose: LooseEdges, steps: readonly Step[]): void {
  const ends = new Map<number, { step: Step; arrives: boolean; angle: number }[]>();
  const add = (node: number, other: number, step: Step, arrives: boolean): void => {
    const [ax, ay] = at(loose.nodes, node);
    const [bx, by] = at(loose.nodes, other);
    const list = ends.get(node) ?? [];
    list.push({ step, arrives, angle: Math.atan2(by - ay, bx - ax) });
    ends.set(node, list);
  };
  for (const step of steps) {
    add(step.from, step.to, step, false);
    add(step.to, step.from, step, true);
  }
  for (const list of ends.values()) {
    const clockwise = list.toSorted((a, b) => b.angle - a.angle);
    const waiting: Step[] = [];
    const taken = new Set<Step>();
    for (const round of [1, 2])
      for (const { step, arrives } of clockwise) {
        if (arrives && round === 1) waiting.push(step);
        if (arrives || taken.has(step)) continue;
        const before = waiting.pop();
        if (!before) continue;
        before.next = step;
        taken.add(step);
      }
  }
}
