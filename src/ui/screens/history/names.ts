import { useMemo } from 'react';
import { COMPONENT_COLUMNS, UNIT_GRID_COLUMNS, type CellValue, type LayerName } from '../../../model/component.ts';
import type { CellChange } from '../../../model/change.ts';
import { useQueryOf } from '../../app/engine.ts';
import { valueWords } from '../../words/cell.ts';

/** Columns that hold ids of units. */
const UNIT_COLUMNS = new Set(
  [...COMPONENT_COLUMNS, ...UNIT_GRID_COLUMNS].filter((column) => column.kind === 'unit').map((column) => column.name),
);
UNIT_COLUMNS.add('unit_id').add('parent_id');
const ON_MAP: readonly LayerName[] = ['component', 'unit_grid', 'street', 'community'];
const MOST_UNITS = 5000;

export interface ChangeNames {
  /** What a change is about: the code of a component or grid, the name of a unit. Null where only the row's number is known. */
  featureOf: (layer: string, id: number) => { code: string; name: string | null } | null;
  /** A cell as a person reads it: units by name, known values in words. Null is blank. */
  valueOf: (column: string, value: CellValue) => string | null;
}

/** Names for the ids that changes are made of. */
export function useChangeNames(changes: readonly Pick<CellChange, 'layer' | 'id'>[]): ChangeNames {
  const units = useQueryOf('unit.list', { limit: MOST_UNITS }, { keep: true }).data?.units;
  const component = useFeatures('component', changes);
  const grid = useFeatures('unit_grid', changes);
  const street = useFeatures('street', changes);
  const community = useFeatures('community', changes);
  return useMemo(() => {
    const unitNames = new Map(units?.map((unit) => [unit.id, unit.name]));
    const byLayer: Record<string, typeof component> = { component, unit_grid: grid, street, community };
    return {
      featureOf(layer, id) {
        const unit = layer === 'unit' ? unitNames.get(id) : undefined;
        if (unit !== undefined) return { code: '', name: unit };
        return byLayer[layer]?.get(id) ?? null;
      },
      valueOf(column, value) {
        if (value === null || value === '') return null;
        if (UNIT_COLUMNS.has(column) && typeof value === 'number') return unitNames.get(value) ?? String(value);
        return column === 'geom' ? placed(value) : valueWords(column, value);
      },
    };
  }, [units, component, grid, street, community]);
}

/** A point to the centimetre, other shapes by their size. */
function placed(value: string | number): string {
  const area = /^(-?\d+(?:\.\d+)?) (m²|m)$/u.exec(String(value));
  if (area !== null) return `${Number(area[1]).toLocaleString('en', { minimumFractionDigits: 1 })} ${area[2] ?? ''}`;
  const point = /^(-?\d+(?:\.\d+)?) (-?\d+(?:\.\d+)?)$/u.exec(String(value));
  return point === null ? String(value) : `${Number(point[1]).toFixed(2)}  ${Number(point[2]).toFixed(2)}`;
}

function useFeatures(layer: (typeof ON_MAP)[number], changes: readonly Pick<CellChange, 'layer' | 'id'>[]) {
  const ids = useMemo(
    () => [...new Set(changes.filter((change) => change.layer === layer).map((change) => change.id))].slice(0, 2000),
    [changes, layer],
  );
  const { data } = useQueryOf('map.features', ids.length === 0 ? null : { layer, ids }, { keep: true });
  return useMemo(() => new Map(data?.map(({ id, code, name }) => [id, { code, name }])), [data]);
}
