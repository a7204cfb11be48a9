import type { Position } from '../../model/geometry/types.ts';
import { action, type Action } from '../app/actions.ts';
import { useGridEdit } from '../app/stores/grid-edit.ts';
import { useSelection } from '../app/stores/selection.ts';
import { useSession } from '../app/stores/session.ts';
import { tellFailure } from '../app/tell.ts';
import type { WordKey } from '../words/index.ts';
import type { NetworkKeys } from './tools/tool.ts';

/** Metres a press, alone, with Shift, with Alt. */
const STEPS = { fine: 0.1, middle: 1, wide: 10 } as const;
const ARROWS: Readonly<Record<string, Position>> = {
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};
/** Where coordinates of what is held are typed. */
export const NODE_FIELD = 'node-coordinates';

/** The unit grids by keys: on their screen a node of the selected grid is taken; while it is held the arrows, Enter and the rest are its own. */
export function nodeActions(network: () => NetworkKeys | null): Action[] {
  const onGrids = () => useSession.getState().screen === 'grids' && network() !== null;
  const held = () => network()?.holds === true;
  const chosen = (): WordKey | null => {
    const { layer, primary } = useSelection.getState();
    return layer === 'unit_grid' && primary !== null ? null : 'map.node.choose';
  };
  const step = (by: 1 | -1) => void network()?.step(by).catch(tellFailure);
  const nudge = (key: string | undefined, metres: number) => {
    const [east, north] = ARROWS[key ?? ''] ?? [0, 0];
    network()?.nudge([east * metres, north * metres]);
  };
  const arrows = (with_: string) =>
    Object.keys(ARROWS)
      .map((key) => with_ + key)
      .join(' ');
  const part = { group: 'map', available: held } as const;
  const taking = { group: 'map', available: onGrids, disabledBecause: chosen } as const;
  return [
    action({ ...taking, id: 'node.next', key: ']', words: 'map.node.next', perform: () => step(1) }),
    action({ ...taking, id: 'node.previous', key: '[', words: 'map.node.previous', perform: () => step(-1) }),
    action({
      ...part,
      id: 'node.move',
      key: arrows(''),
      shownKey: '↑ ↓ ← →',
      words: 'map.node.move',
      perform: (press) => nudge(press?.key, STEPS.fine),
    }),
    action({
      ...part,
      id: 'node.moveMore',
      key: arrows('Shift+'),
      shownKey: 'Shift ↑ ↓ ← →',
      words: 'map.node.moveMore',
      perform: (press) => nudge(press?.key, STEPS.middle),
    }),
    action({
      ...part,
      id: 'node.moveMost',
      key: arrows('Alt+'),
      shownKey: 'Alt ↑ ↓ ← →',
      words: 'map.node.moveMost',
      perform: (press) => nudge(press?.key, STEPS.wide),
    }),
    action({ ...part, id: 'node.write', key: 'Enter', words: 'map.node.write', perform: () => network()?.commit() }),
    action({
      ...part,
      id: 'node.type',
      key: 'C',
      words: 'map.node.type',
      perform: () => document.getElementById(NODE_FIELD)?.focus(),
    }),
    action({
      ...part,
      id: 'node.edge',
      key: 'E',
      words: 'map.node.edge',
      perform: () => void network()?.edge().catch(tellFailure),
    }),
    action({
      ...part,
      id: 'node.insert',
      key: 'Insert I',
      words: 'map.node.insert',
      available: () => held() && useGridEdit.getState().held?.kind === 'edge',
      perform: () => network()?.insert(),
    }),
  ];
}
