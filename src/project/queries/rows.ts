import type { Database } from 'better-sqlite3';
import { COMPONENT_COLUMNS, UNIT_GRID_COLUMNS, type CellValue } from '../../model/component.ts';
import { SEVERITIES, type Severity } from '../../model/finding.ts';
import { idsParameter, type FilterLayer } from './reader.ts';

/** As the contract's TableRow: every column of the layer by name, and what a person reads instead of ids. */
export interface Row {
  id: number;
  cells: Record<string, CellValue>;
  names: Record<string, string | null>;
  severity: Severity | null;
}

const COLUMNS: Record<FilterLayer, readonly string[]> = {
  component: COMPONENT_COLUMNS.map((column) => column.name),
  unit_grid: UNIT_GRID_COLUMNS.map((column) => column.name),
};

const one = (table: string, value: string, key: string): string =>
  `(SELECT ${value} FROM ${table} WHERE ${key} LIMIT 1)`;
const unitName = (role: string): string => one('unit', 'name', `id = t.${role}_id`);
const inClass = `scheme = t.scheme AND code = t.class_code`;
const NAMES: Record<FilterLayer, Readonly<Record<string, string>>> = {
  component: {
    class_name: one('component_class', 'name', inClass),
    major_name: one('component_class', 'major_name', inClass),
    supervisor_name: unitName('supervisor'),
    owner_name: unitName('owner'),
    maintainer_name: unitName('maintainer'),
    responsible_name: unitName('responsible'),
    grid_code: one('unit_grid', 'code', 'id = t.grid_id'),
    street_name: one('street', 'name', 'code = t.street_code'),
    community_name: one('community', 'name', 'code = t.community_code'),
    batch_name: one('gewu_batch', 'name', 'id = t.batch_id'),
  },
  unit_grid: {
    responsible_name: unitName('responsible'),
    street_name: one('street', 'name', 'code = t.street_code'),
    community_name: one('community', 'name', 'code = t.community_code'),
    components: `(SELECT CAST(count(*) AS TEXT) FROM component WHERE grid_id = t.id)`,
  },
};
/** The strongest severity of the open findings on the row, as its place in SEVERITIES. */
const SEVERITY = (layer: FilterLayer): string =>
  `(SELECT min(CASE g.severity ${SEVERITIES.map((s, i) => `WHEN '${s}' THEN ${i}`).join(' ')} END)
    FROM gewu_finding_feature f JOIN gewu_finding g ON g.id = f.finding_id
    WHERE f.layer = '${layer}' AND f.feature_id = t.id AND g.phase = 'open')`;

const SQL: Record<FilterLayer, string> = { component: rowSql('component'), unit_grid: rowSql('unit_grid') };

function rowSql(layer: FilterLayer): string {
  const columns = COLUMNS[layer].map((name) => `t."${name}"`);
  const parts = ['t.id', SEVERITY(layer), ...columns, ...Object.values(NAMES[layer])];
  return `SELECT ${parts.join(', ')} FROM "${layer}" t WHERE t.id IN (SELECT value FROM json_each(?))`;
}

/** Rows by id in the order given; ids that are no longer there are left out. */
export function rowsById(db: Database, layer: FilterLayer, ids: readonly number[]): Row[] {
  const found = new Map(
    db
      .prepare<[string], CellValue[]>(SQL[layer])
      .raw()
      .all(idsParameter(ids))
      .map((cells) => [cells[0], rowOf(layer, cells)]),
  );
  return ids.flatMap((id) => found.get(id) ?? []);
}

function rowOf(layer: FilterLayer, [id, severity, ...rest]: CellValue[]): Row {
  const columns = COLUMNS[layer];
  const cells: Record<string, CellValue> = {};
  const names: Record<string, string | null> = {};
  for (const [i, name] of columns.entries()) cells[name] = rest[i] ?? null;
  for (const [i, name] of Object.keys(NAMES[layer]).entries()) {
    const value = rest[columns.length + i];
    names[name] = typeof value === 'string' ? value : null;
  }
  return {
    id: Number(id),
    cells,
    names,
    severity: typeof severity === 'number' ? (SEVERITIES[severity] ?? null) : null,
  };
}
