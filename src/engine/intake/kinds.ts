import type { ImportAs } from '../../api/delivery.ts';
import { COMPONENT_COLUMNS, UNIT_GRID_COLUMNS } from '../../model/component.ts';
import type { MatchTable } from '../../project/batches/match.ts';

export type TargetKind = 'text' | 'code' | 'date' | 'choice';

/** What a kind of delivery may fill: its table, the column that identifies a row, and the form of every column. */
export interface Kind {
  as: ImportAs;
  table: MatchTable;
  key: string;
  shape: 'point' | 'polygon' | 'none';
  /** Columns of the table a delivery may fill. */
  columns: ReadonlyMap<string, TargetKind>;
  /** Columns with a place of their own in the row but not in the table: coordinates, aliases, a parent's name. */
  helpers: ReadonlySet<string>;
}

function deliveredColumns(columns: typeof COMPONENT_COLUMNS): Map<string, TargetKind> {
  const kinds = new Map<string, TargetKind>();
  for (const column of columns) {
    if (column.delivered !== true) continue;
    const closed = column.name === 'confirmation';
    kinds.set(column.name, closed ? 'choice' : column.kind === 'code' || column.kind === 'date' ? column.kind : 'text');
  }
  return kinds;
}

const place = new Map<string, TargetKind>([
  ['code', 'code'],
  ['name', 'text'],
  ['aliases', 'text'],
]);

const KINDS: Record<ImportAs, Kind> = {
  component: {
    as: 'component',
    table: 'component',
    key: 'code',
    shape: 'point',
    columns: deliveredColumns(COMPONENT_COLUMNS),
    helpers: new Set(['x', 'y', 'lon', 'lat', 'wkt', 'street_code_text', 'community_code_text']),
  },
  'unit-grid': {
    as: 'unit-grid',
    table: 'unit_grid',
    key: 'code',
    shape: 'polygon',
    columns: deliveredColumns(UNIT_GRID_COLUMNS),
    helpers: new Set(['wkt']),
  },
  street: { as: 'street', table: 'street', key: 'code', shape: 'polygon', columns: place, helpers: new Set(['wkt']) },
  community: {
    as: 'community',
    table: 'community',
    key: 'code',
    shape: 'polygon',
    columns: place,
    helpers: new Set(['wkt']),
  },
  unit: {
    as: 'unit',
    table: 'unit',
    key: 'name',
    shape: 'none',
    columns: new Map<string, TargetKind>([
      ['code', 'code'],
      ['credit_code', 'code'],
      ['name', 'text'],
      ['short_name', 'text'],
      ['kind', 'text'],
      ['valid_from', 'date'],
      ['valid_to', 'date'],
      ['contact', 'text'],
    ]),
    helpers: new Set(['aliases', 'parent_name']),
  },
};

export function kindOf(as: ImportAs): Kind {
  return KINDS[as];
}

/** Order in which kinds come in, so that each finds what it stands in: grids their communities, components their grids and units. */
export const KIND_ORDER: readonly ImportAs[] = ['street', 'community', 'unit-grid', 'unit', 'component'];

/** Greatest distance at which a delivered point may be a known component of its class: accuracy A 0.5 m, B 1 m, C 10 m; unsaid is B. */
export function accuracyMetres(accuracy: string | null): number {
  if (accuracy === 'A') return 0.5;
  return accuracy === 'C' ? 10 : 1;
}
