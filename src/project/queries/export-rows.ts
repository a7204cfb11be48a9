import type { CellValue } from '../../model/component.ts';
import type { Filter } from '../../model/filter.ts';
import type { Shape } from '../../model/geometry/types.ts';
import { decodeGpkg } from '../../model/geometry/wkb.ts';
import { ProjectError } from '../error.ts';
import { compileFilter } from './filter.ts';
import { idsParameter, type Reader } from './reader.ts';

export type ExportLayer = 'component' | 'component_line' | 'component_area' | 'unit_grid' | 'street' | 'community';

/** A row on its way out: the layer's columns, names and codes of what its ids stand for, and its shape in the project CRS. */
export interface ExportRow {
  cells: Record<string, CellValue>;
  shape: Shape | null;
}

const ROLE = ['supervisor', 'owner', 'maintainer', 'responsible'];
/** A role goes out as the registered unit; where none is registered, as it was surveyed. */
const ROLE_SQL = ROLE.map(
  (role) => `coalesce((SELECT name FROM unit WHERE id = t.${role}_id), t.${role}_text) AS ${role}_name,
    coalesce((SELECT coalesce(credit_code, code) FROM unit WHERE id = t.${role}_id), t.${role}_code_text) AS ${role}_code`,
).join(', ');
const COMPONENT_SQL = `t.*, ${ROLE_SQL},
  (SELECT code FROM unit_grid WHERE id = t.grid_id) AS grid_code,
  (SELECT name FROM street WHERE code = t.street_code) AS street_name,
  (SELECT name FROM community WHERE code = t.community_code) AS community_name,
  (SELECT major_code FROM component_class WHERE scheme = t.scheme AND code = t.class_code) AS major_code`;

const SELECT: Record<ExportLayer, string> = {
  component: `SELECT ${COMPONENT_SQL}, t.geom AS "#shape" FROM component t`,
  component_line: `SELECT ${COMPONENT_SQL}, s.geom AS "#shape" FROM component t JOIN component_line s ON s.component_id = t.id`,
  component_area: `SELECT ${COMPONENT_SQL}, s.geom AS "#shape" FROM component t JOIN component_area s ON s.component_id = t.id`,
  unit_grid: `SELECT t.*, (SELECT name FROM unit WHERE id = t.responsible_id) AS responsible_name, t.geom AS "#shape" FROM unit_grid t`,
  street: `SELECT t.*, t.geom AS "#shape" FROM street t`,
  community: `SELECT t.*, t.geom AS "#shape" FROM community t`,
};

/** Ids that go out, ascending. Without a filter grids are the active ones; streets and communities take none. @throws ProjectError 'input' */
export function exportIds(reader: Reader, layer: ExportLayer, filter: Filter | null): number[] {
  const { db } = reader;
  if (layer === 'street' || layer === 'community') {
    if (filter !== null)
      throw new ProjectError('input', `The ${layer} layer goes out whole; leave the filter away.`, {
        reason: 'layer-whole',
        layer,
      });
    return db.prepare<[], number>(`SELECT id FROM "${layer}" ORDER BY id`).pluck().all();
  }
  if (layer === 'unit_grid') {
    const active: Filter = { op: '=', column: 'status', value: 'active' };
    const { sql, params } = compileFilter(reader, 'unit_grid', filter ?? active);
    return db
      .prepare<CellValue[], number>(`SELECT t.id FROM unit_grid t WHERE ${sql} ORDER BY t.id`)
      .pluck()
      .all(...params);
  }
  const { sql, params } = compileFilter(reader, 'component', filter);
  const shaped = layer === 'component' ? '' : ` AND EXISTS (SELECT 1 FROM ${layer} s WHERE s.component_id = t.id)`;
  return db
    .prepare<CellValue[], number>(`SELECT t.id FROM component t WHERE (${sql})${shaped} ORDER BY t.id`)
    .pluck()
    .all(...params);
}

/** The rows of some ids, ascending by id. */
export function exportRows(reader: Reader, layer: ExportLayer, ids: readonly number[]): ExportRow[] {
  return reader.db
    .prepare<[string], Record<string, CellValue | Uint8Array>>(
      `${SELECT[layer]} WHERE t.id IN (SELECT value FROM json_each(?)) ORDER BY t.id`,
    )
    .all(idsParameter(ids))
    .map((row) => {
      const blob = row['#shape'];
      const cells = Object.fromEntries(Object.entries(row).filter(([name]) => name !== 'geom' && name !== '#shape'));
      return {
        cells: cells as Record<string, CellValue>,
        shape: blob instanceof Uint8Array ? decodeGpkg(blob).shape : null,
      };
    });
}
