import type { Database } from 'better-sqlite3';
import type { LayerName } from '../../model/component.ts';
import type { Shape } from '../../model/geometry/types.ts';
import { decodeGpkg } from '../../model/geometry/wkb.ts';
import { idsParameter } from '../queries/reader.ts';

const CHOSEN = `IN (SELECT value FROM json_each(?))`;
const CLASS_NAME = `(SELECT name FROM component_class WHERE scheme = t.scheme AND code = t.class_code LIMIT 1)`;
const SELECT: Record<LayerName, string> = {
  component: `SELECT t.id, t.code, coalesce(t.name, ${CLASS_NAME}) AS name,
    coalesce((SELECT geom FROM component_line WHERE component_id = t.id LIMIT 1),
             (SELECT geom FROM component_area WHERE component_id = t.id LIMIT 1), t.geom) AS geom
    FROM component t WHERE t.id ${CHOSEN}`,
  unit_grid: `SELECT id, code, name, geom FROM unit_grid WHERE id ${CHOSEN}`,
  street: `SELECT id, code, name, geom FROM street WHERE id ${CHOSEN}`,
  community: `SELECT id, code, name, geom FROM community WHERE id ${CHOSEN}`,
};

/** Some features of a layer in the order asked; ids that are gone are left out. */
export function featuresOf(
  db: Database,
  layer: LayerName,
  ids: readonly number[],
): { id: number; code: string; name: string | null; shape: Shape | null }[] {
  const rows = db
    .prepare<[string], { id: number; code: string | null; name: string | null; geom: Uint8Array | null }>(SELECT[layer])
    .all(idsParameter(ids));
  const found = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = found.get(id);
    if (row === undefined) return [];
    return [{ id, code: row.code ?? '', name: row.name, shape: row.geom === null ? null : decodeGpkg(row.geom).shape }];
  });
}

/** Code and name (its own, else its class's) of some components. */
export function namesOfComponents(
  db: Database,
  ids: readonly number[],
): Map<number, { code: string; name: string | null }> {
  const rows = db
    .prepare<[string], { id: number; code: string | null; name: string | null }>(
      `SELECT t.id, t.code, coalesce(t.name, ${CLASS_NAME}) AS name FROM component t WHERE t.id ${CHOSEN}`,
    )
    .all(idsParameter(ids));
  return new Map(rows.map((row) => [row.id, { code: row.code ?? '', name: row.name }]));
}
