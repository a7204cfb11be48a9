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
  owners: number[];
  walked: boolean;
}

/**
 * Loops of what is left when each piece of edge has been cancelled against its opposite: face edges walked backwards (the face on
 * the right), district edges forwards (the district on the left). At a node the sharpest left turn is taken, which keeps to one void.
 */
export function voidLoops(loose: LooseEdges, noding: Noding): VoidLoop[] {
  const leaving = stepsByNode(loose, noding);
  const loops: VoidLoop[] = [];
  for (const steps of leaving.values()) {
    for (const first of steps) {
      const corners: Position[] = [];
      const faces = new Set<number>();
      let step: Step | undefined = first;
      while (step && !step.walked) {
        step.walked = true;
        corners.push(at(loose.nodes, step.from));
        for (const owner of step.owners) if (owner !== DISTRICT) faces.add(owner);
        step = leftmost(loose, step, leaving.get(step.to) ?? []);
      }
      if (corners.length > 2) loops.push({ corners, faces: [...faces].sort((a, b) => a - b) });
    }
  }
  return loops;
}

function stepsByNode(loose: LooseEdges, noding: Noding): Map<number, Step[]> {
  const pieces = new Map<string, { from: number; to: number; owners: number[] }>();
  loose.edges.forEach((edge, i) => {
    const chain = noding.chains[i] ?? [];
    const walk = edge.owner === DISTRICT ? chain : chain.toReversed();
    for (let k = 1; k < walk.length; k++) {
      const from = walk[k - 1] ?? 0;
      const to = walk[k] ?? 0;
      if (from === to) continue;
      const opposite = pieces.get(`${to} ${from}`);
      if (opposite && opposite.owners.length > 0) {
        opposite.owners.pop();
        continue;
      }
      const key = `${from} ${to}`;
      const piece = pieces.get(key) ?? { from, to, owners: [] };
      piece.owners.push(edge.owner);
      pieces.set(key, piece);
    }
  });
  const leaving = new Map<number, Step[]>();
  for (const { from, to, owners } of pieces.values()) {
    const list = leaving.get(from) ?? [];
    for (const owner of owners) list.push({ from, to, owners: [owner], walked: false });
    if (owners.length > 0) leaving.set(from, list);
  }
  return leaving;
}

function leftmost(loose: LooseEdges, came: Step, options: readonly Step[]): Step | undefined {
  const open = options.filter((s) => !s.walked);
  if (open.length < 2) return open[0];
  const direction = (from: number, to: number): number => {
    const [ax, ay] = at(loose.nodes, from);
    const [bx, by] = at(loose.nodes, to);
    return Math.atan2(by - ay, bx - ax);
  };
  const back = direction(came.to, came.from);
  // Turning clockwise from where we came from, the first way out is the sharpest left.
  const turn = (s: Step): number => {
    const angle = back - direction(s.from, s.to);
    return angle > 0 ? angle : angle + 2 * Math.PI;
  };
  return open.reduce((best, s) => (turn(s) < turn(best) ? s : best));
}
