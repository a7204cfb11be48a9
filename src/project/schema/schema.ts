import type { Database } from 'better-sqlite3';
import { ATTRIBUTES, OWN_LOGGED } from './attributes.ts';
import { BATCH_TABLES_SQL } from './batch-tables.ts';
import { APPLICATION_ID, GEOPACKAGE_TABLES_SQL, GPKG_VERSION, LAYER_STYLES_SQL, REQUIRED_SRS } from './geopackage.ts';
import { ACTIVE_VIEW, ACTIVE_VIEW_SQL, LAYERS } from './layers.ts';
import { allNotingTriggers } from './noting.ts';
import { OWN_TABLES_SQL } from './own-tables.ts';
import { allRtreeTriggers, rtreeSql } from './rtree.ts';
import type { ProjectSrs } from './srs.ts';
import { qml, sld, STYLES } from './styles.ts';
import { indexSql, tableSql, type TableDef } from './table.ts';

/** The layout this program writes and understands. A file with a higher one is refused, a lower one migrated. */
export const SCHEMA_VERSION = 1;

/** Every table whose changes are revisions, by name. */
export const LOGGED: ReadonlyMap<string, TableDef> = new Map(
  [...LAYERS, ...ATTRIBUTES, ...OWN_LOGGED].map((table) => [table.name, table]),
);

/** Every trigger and view of a project by name, with the text `sqlite_schema` holds. Anything else found there is not Gewu's. */
export function expectedTriggers(): Map<string, string> {
  return new Map([...allRtreeTriggers(), ...allNotingTriggers()]);
}
export const EXPECTED_VIEWS: ReadonlyMap<string, string> = new Map([[ACTIVE_VIEW, ACTIVE_VIEW_SQL]]);

function registerSrs(db: Database, srs: ProjectSrs): void {
  const insert = db.prepare(`INSERT OR IGNORE INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)`);
  for (const row of REQUIRED_SRS) insert.run(...row);
  insert.run(srs.name, srs.srsId, srs.organization, srs.organizationId, srs.wkt, null);
}

function registerLayers(db: Database, srsId: number): void {
  const contents = db.prepare(
    `INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id) VALUES (?, ?, ?, ?, ?)`,
  );
  const geometry = db.prepare(`INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?, ?, 0, 0)`);
  const extension = db.prepare(
    `INSERT INTO gpkg_extensions VALUES (?, 'geom', 'gpkg_rtree_index', 'http://www.geopackage.org/spec120/#extension_rtree', 'write-only')`,
  );
  for (const layer of LAYERS) {
    contents.run(layer.name, 'features', layer.identifier, layer.description, srsId);
    geometry.run(layer.name, layer.geometry, srsId);
    extension.run(layer.name);
  }
  contents.run(ACTIVE_VIEW, 'features', ACTIVE_VIEW, '单元网格（现行） · Unit grids in force', srsId);
  geometry.run(ACTIVE_VIEW, 'MULTIPOLYGON', srsId);
  for (const table of ATTRIBUTES) contents.run(table.name, 'attributes', table.identifier, table.description, null);
  contents.run('layer_styles', 'attributes', 'layer_styles', 'QGIS styles', null);
}

function registerStyles(db: Database): void {
  const insert = db.prepare(
    `INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description, owner)
     VALUES ('', '', ?, 'geom', ?, ?, ?, 1, ?, '')`,
  );
  for (const style of STYLES) {
    const label = style.rules.map((rule) => rule.label).join(' · ');
    insert.run(style.layer, style.name, qml(style), sld(style), label);
  }
}

/** Lays out an empty project in an empty database; the caller holds the transaction. */
export function createSchema(db: Database, srs: ProjectSrs): void {
  db.pragma(`application_id = ${APPLICATION_ID}`);
  db.pragma(`user_version = ${GPKG_VERSION}`);
  db.exec(GEOPACKAGE_TABLES_SQL + LAYER_STYLES_SQL + OWN_TABLES_SQL + BATCH_TABLES_SQL);
  for (const table of LOGGED.values()) db.exec(tableSql(table));
  for (const table of LOGGED.values()) for (const index of indexSql(table)) db.exec(index);
  for (const layer of LAYERS) db.exec(rtreeSql(layer.name));
  for (const view of EXPECTED_VIEWS.values()) db.exec(view);
  registerSrs(db, srs);
  registerLayers(db, srs.srsId);
  registerStyles(db);
  for (const trigger of expectedTriggers().values()) db.exec(trigger);
}
