import { COMPONENT_COLUMNS, UNIT_GRID_COLUMNS, type Column } from '../../model/component.ts';
import { link, text, type ColumnDef, type TableDef } from './table.ts';

/** What an id column of a layer points at. */
const REFERS: Record<string, string> = { grid_id: 'unit_grid', replaces_id: 'component', batch_id: 'gewu_batch' };
/** Blank in a new row is this; set in the file, so that other programs get it too. */
const DEFAULTS: Record<string, string> = { confirmation: 'unconfirmed', status: 'active' };

function columnOf(column: Column): ColumnDef {
  const derived = column.derived === true ? ({ derived: true } as const) : {};
  if (column.name === 'area_m2') return { name: column.name, type: 'DOUBLE', ...derived };
  if (column.kind === 'date') return { name: column.name, type: 'DATE', ...derived };
  if (column.kind === 'unit') return { ...link(column.name, 'unit'), ...derived };
  if (column.kind === 'id') {
    const refers = REFERS[column.name];
    return { name: column.name, type: 'INTEGER', ...(refers === undefined ? {} : { refers }), ...derived };
  }
  const initial = DEFAULTS[column.name];
  return { ...text(column.name), ...(initial === undefined ? {} : { initial }), ...derived };
}

const component: TableDef = {
  name: 'component',
  kind: 'features',
  geometry: 'POINT',
  identifier: 'component',
  description: '管理部件 · Components: the identifying point of each',
  columns: COMPONENT_COLUMNS.map(columnOf),
  indexed: [
    'code',
    'class_code',
    'grid_id',
    'street_code',
    'community_code',
    'clarity',
    'supervisor_id',
    'owner_id',
    'maintainer_id',
    'responsible_id',
    // Not to find rows by, but so that facets and figures read a narrow index instead of the wide rows.
    'confirmation',
    'state',
    'phase',
  ],
  sparse: ['batch_id', 'replaces_id'],
};

function shapeOf(name: string, geometry: 'MULTILINESTRING' | 'MULTIPOLYGON', description: string): TableDef {
  return {
    name,
    kind: 'features',
    geometry,
    identifier: name,
    description,
    columns: [link('component_id', 'component')],
    indexed: ['component_id'],
    sparse: [],
  };
}

const unitGrid: TableDef = {
  name: 'unit_grid',
  kind: 'features',
  geometry: 'MULTIPOLYGON',
  identifier: 'unit_grid',
  description: '单元网格 · Unit grids, retired ones included',
  columns: UNIT_GRID_COLUMNS.map((column) =>
    column.name === 'code' ? text('code', 'NOT NULL UNIQUE') : columnOf(column),
  ),
  indexed: ['street_code', 'community_code', 'status'],
  sparse: ['responsible_id'],
};

function places(name: string, description: string): TableDef {
  return {
    name,
    kind: 'features',
    geometry: 'MULTIPOLYGON',
    identifier: name,
    description,
    columns: [text('code'), text('name'), text('aliases')],
    indexed: ['code'],
    sparse: [],
  };
}

/** The feature layers, in the order a map stacks them from the top. */
export const LAYERS: readonly TableDef[] = [
  component,
  shapeOf('component_line', 'MULTILINESTRING', '线状部件 · Lines of components whose class is a line'),
  shapeOf('component_area', 'MULTIPOLYGON', '面状部件 · Areas of components whose class is an area'),
  unitGrid,
  places('community', '社区（村） · Communities and villages'),
  places('street', '街道（镇） · Streets and towns'),
];

export const ACTIVE_VIEW = 'unit_grid_active';
/** The clean tiling for other programs: grids in force only. Columns named one by one, so that a later column changes nothing here. */
export const ACTIVE_VIEW_SQL = `CREATE VIEW "${ACTIVE_VIEW}" AS SELECT ${['id', 'geom', ...UNIT_GRID_COLUMNS.map((c) => c.name)].map((name) => `"${name}"`).join(', ')} FROM "unit_grid" WHERE "status" = 'active'`;
