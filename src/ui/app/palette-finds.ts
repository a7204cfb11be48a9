import { useDebouncedValue } from '@mantine/hooks';
import type { TableRow } from '../../api/component.ts';
import { halfWidth } from '../kit/half-width.ts';
import { mapCommands } from '../map/MapPane.tsx';
import { markOf } from '../words/cell.ts';
import type { ClarityMark } from '../kit/Shapes.tsx';
import { say } from '../words/index.ts';
import { useActions } from './actions.ts';
import { keyName } from './keys.ts';
import { useQueryOf } from './engine.ts';
import { useFilter } from './stores/filter.ts';
import { useSelection } from './stores/selection.ts';
import { useSession } from './stores/session.ts';

export interface Find {
  id: string;
  group: 'components' | 'places' | 'units' | 'commands';
  title: string;
  about: string;
  /** Codes stand in the mono face. */
  code?: string;
  mark?: ClarityMark;
  symbol?: string | null;
  keys?: string;
  disabledBecause?: string | null;
  go: () => void;
}
const MANY = 8;
const LEAST_TEXT = 1;
const PAUSE_MS = 120;

/** Everything the typed text may mean: commands, components, streets, grids, units. */
export function useFinds(typed: string): Find[] {
  const [settled] = useDebouncedValue(typed, PAUSE_MS);
  const text = halfWidth(settled).trim();
  const project = useSession((s) => s.project);
  const asks = project !== null && text.length >= LEAST_TEXT;
  const filter = { op: 'like' as const, column: 'text', value: `%${text}%` };
  const view = useQueryOf('component.view', asks ? { filter, sort: [] } : null, { keep: true });
  const viewId = view.data?.viewId;
  const rows = useQueryOf('component.rows', asks && viewId !== undefined ? { viewId, offset: 0, limit: MANY } : null, {
    keep: true,
  });
  const grids = useQueryOf('grid.byCode', asks && /^\d{6,}$/u.test(text) ? { code: text } : null);
  const units = useQueryOf('unit.list', asks ? { text, limit: 5 } : null, { keep: true });
  const outline = useQueryOf('map.outline', asks ? {} : null);
  const commands = commandFinds(typed);
  if (!asks) return commands;
  const streets = (outline.data?.streets ?? [])
    .filter((one) => one.name.includes(text) || one.code === text)
    .slice(0, 4);
  const grid = grids.data ?? null;
  return [
    ...(rows.data?.rows ?? []).map(componentFind),
    ...streets.map((one): Find => ({
      id: `street${one.id}`,
      group: 'places',
      title: one.name,
      about: say('values.layer.street'),
      code: one.code,
      go: () => {
        useSelection.getState().select('street', [one.id], { zoom: true });
        mapCommands.zoomTo({ layer: 'street', ids: [one.id] });
      },
    })),
    ...(grid === null ? [] : [gridFind(grid)]),
    ...(units.data?.units ?? []).map((unit): Find => ({
      id: `unit${unit.id}`,
      group: 'units',
      title: unit.name,
      about: say('components.unit.answers', { count: unit.components }),
      go: () => {
        useFilter.getState().replace([{ kind: 'values', column: 'owner_id', values: [unit.id], names: [unit.name] }]);
        useSession.getState().go('components');
      },
    })),
    ...commands,
  ];
}

function componentFind(row: TableRow): Find {
  const { cells, names } = row;
  return {
    id: `component${row.id}`,
    group: 'components',
    title: String(cells['name'] ?? names['class_name'] ?? ''),
    about: [names['street_name'], cells['address']].filter((one) => one !== null && one !== undefined).join(' · '),
    code: String(cells['code'] ?? ''),
    mark: markOf(cells),
    symbol: names['class_name'] ?? null,
    go: () => {
      useSelection.getState().select('component', [row.id], { zoom: true });
      if (useSession.getState().screen !== 'grids') useSession.getState().go('components');
    },
  };
}

function gridFind(grid: { id: number; code: string }): Find {
  return {
    id: `grid${grid.id}`,
    group: 'places',
    title: say('values.layer.unit_grid'),
    about: '',
    code: grid.code,
    go: () => {
      useSelection.getState().select('unit_grid', [grid.id], { zoom: true });
      if (useSession.getState().screen !== 'components') useSession.getState().go('grids');
    },
  };
}

function commandFinds(typed: string): Find[] {
  const text = typed.trim().toLowerCase();
  return useActions
    .getState()
    .actions.filter((one) => one.id !== 'palette' && one.id !== 'escape' && one.available())
    .filter((one) => text === '' || say(one.words).toLowerCase().includes(text))
    .map((one) => {
      const because = one.disabledBecause();
      return {
        id: one.id,
        group: 'commands',
        title: say(one.words),
        about: because === null ? '' : say(because),
        keys: one.key === null ? '' : keyName(one.key),
        disabledBecause: because,
        go: () => one.perform(),
      };
    });
}
