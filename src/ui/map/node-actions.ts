import type { Position } from '../../model/geometry/types.ts';
import { action, type Action } from '../app/actions.ts';
import { useGridEdit } from '../app/stores/grid-edit.ts';
import { useSelection } from '../app/stores/selection.ts';
import { useSession } from '../app/stores/session.ts';
import { tellFailure } from '../app/tell.ts';
import type { WordKey } from '../words/index.ts';
import type { NetworkKeys } from './tools/tool.ts';

type Network = () => NetworkKeys | null;

const ARROWS: Readonly<Record<string, Position>> = {
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};
/** Where coordinates of what is held are typed. */
export const NODE_FIELD = 'node-coordinates';

/** The unit grids by keys: on their screen a node of the selected grid is taken; while it is held the arrows, Enter and the rest are its own. */
export function nodeActions(network: Network): Action[] {
  return [
    ...takingActions(network),
    nudgeAction(network, { id: 'node.move', keys: '', metres: 0.1, words: 'map.node.move' }),
    nudgeAction(network, { id: 'node.moveMore', keys: 'Shift', metres: 1, words: 'map.node.moveMore' }),
    nudgeAction(network, { id: 'node.moveMost', keys: 'Alt', metres: 10, words: 'map.node.moveMost' }),
    ...holdingActions(network),
  ];
}

function takingActions(network: Network): Action[] {
  const chosen = (): WordKey | null => {
    const { layer, primary } = useSelection.getState();
    return layer === 'unit_grid' && primary !== null ? null : 'map.node.choose';
  };
  const available = () => useSession.getState().screen === 'grids' && network() !== null;
  const step = (by: 1 | -1) => void network()?.step(by).catch(tellFailure);
  const part = { group: 'map', available, disabledBecause: chosen } as const;
  return [
    action({ ...part, id: 'node.next', key: ']', words: 'map.node.next', perform: () => step(1) }),
    action({ ...part, id: 'node.previous', key: '[', words: 'map.node.previous', perform: () => step(-1) }),
  ];
}

/** One step of a length by any of the arrows, alone or with a key held. */
function nudgeAction(
  network: Network,
  { id, keys, metres, words }: { id: string; keys: '' | 'Shift' | 'Alt'; metres: number; words: WordKey },
): Action {
  const names = Object.keys(ARROWS).map((arrow) => (keys === '' ? arrow : `${keys}+${arrow}`));
  return action({
    id,
    key: names.join(' '),
    shownKey: `${keys} ↑ ↓ ← →`.trim(),
    words,
    group: 'map',
    available: () => network()?.holds === true,
    perform(press) {
      const [east, north] = ARROWS[press?.key ?? ''] ?? [0, 0];
      network()?.nudge([east * metres, north * metres]);
    },
  });
}

function holdingActions(network: Network): Action[] {
  const held = () => network()?.holds === true;
  const onEdge = () => held() && useGridEdit.getState().held?.kind === 'edge';
  const part = { group: 'map', available: held } as const;
  const toField = () => document.getElementById(NODE_FIELD)?.focus();
  const toEdge = () => void network()?.edge().catch(tellFailure);
  return [
    action({ ...part, id: 'node.write', key: 'Enter', words: 'map.node.write', perform: () => network()?.commit() }),
    action({ ...part, id: 'node.type', key: 'C', words: 'map.node.type', perform: toField }),
    action({ ...part, id: 'node.edge', key: 'E', words: 'map.node.edge', perform: toEdge }),
    action({
      ...part,
      id: 'node.insert',
      key: 'I Insert',
      words: 'map.node.insert',
      available: onEdge,
      perform: () => network()?.insert(),
    }),
  ];
}
