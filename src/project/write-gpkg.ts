import Database from 'better-sqlite3';
import { bboxOfShape } from '../model/geometry/bbox.ts';
import type { Bbox } from '../model/geometry/types.ts';
import { encodeGpkg } from '../model/geometry/wkb.ts';
import type { Written, WrittenTable } from '../model/table-exchange.ts';
import { APPLICATION_ID, GEOPACKAGE_TABLES_SQL, GPKG_VERSION, REQUIRED_SRS } from './schema/geopackage.ts';
import { rtreeName, rtreeSql, rtreeTriggers } from './schema/rtree.ts';
import { quoted } from './schema/table.ts';

const GEOMETRY = { point: 'POINT', line: 'MULTILINESTRING', polygon: 'MULTIPOLYGON' } as const;
const TYPES = { text: 'TEXT', integer: 'INTEGER', real: 'DOUBLE', date: 'DATE', boolean: 'BOOLEAN' } as const;
/** For a reference system without an EPSG code. */
const OWN_SRS_ID = 100_000;

/** Writes one table as a GeoPackage 1.3 of its own. `path` must not exist; the caller writes beside and renames. */
export async function writeGpkg(table: WrittenTable, path: string): Promise<Written> {
  const db = new Database(path);
  try {
    // The file is not anybody's yet: a failure leaves it to be deleted, so no journal is needed.
    db.pragma('journal_mode = OFF');
    db.pragma('synchronous = OFF');
    const rows = db.transaction(() => fill(db, table))();
    return { files: [path], rows, losses: [] };
  } finally {
    db.close();
  }
}

function fill(db: Database.Database, table: WrittenTable): number {
  db.pragma(`application_id = ${APPLICATION_ID}`);
  db.pragma(`user_version = ${GPKG_VERSION}`);
  db.exec(GEOPACKAGE_TABLES_SQL);
  const srsId = registerSrs(db, table);
  const geometry = table.geometry === 'none' ? null : GEOMETRY[table.geometry];
  // The writer's own key and geometry stay clear of the names the fields have.
  const names = new Set(table.fields.map((field) => field.name.toLowerCase()));
  const free = (name: string): string => (names.has(name) ? free(`${name}_`) : name);
  const [key, geom] = [free('fid'), free('geom')];
  const columns = [
    `${quoted(key)} INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL`,
    ...(geometry === null ? [] : [`${quoted(geom)} ${geometry}`]),
    ...table.fields.map((field) => `${quoted(field.name)} ${TYPES[field.type]}`),
  ];
  db.exec(`CREATE TABLE ${quoted(table.name)} (${columns.join(', ')})`);
  db.prepare(`INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) VALUES (?, ?, ?, ?)`).run(
    table.name,
    geometry === null ? 'attributes' : 'features',
    table.name,
    geometry === null ? null : srsId,
  );
  if (geometry !== null)
    db.prepare(`INSERT INTO gpkg_geometry_columns VALUES (?, ?, ?, ?, 0, 0)`).run(table.name, geom, geometry, srsId);
  return geometry === null ? fillRows(db, table, null) : fillLayer(db, table, { key, geom, srsId });
}

interface Geometry {
  key: string;
  geom: string;
  srsId: number;
}

function fillLayer(db: Database.Database, table: WrittenTable, how: Geometry): number {
  db.prepare(
    `INSERT INTO gpkg_extensions VALUES (?, ?, 'gpkg_rtree_index', 'http://www.geopackage.org/spec120/#extension_rtree', 'write-only')`,
  ).run(table.name, how.geom);
  db.exec(rtreeSql(table.name, how.geom));
  const rows = fillRows(db, table, how);
  for (const trigger of rtreeTriggers(table.name, how.geom, how.key).values()) db.exec(trigger);
  return rows;
}

function fillRows(db: Database.Database, table: WrittenTable, how: Geometry | null): number {
  const names = [...(how === null ? [] : [how.geom]), ...table.fields.map((field) => field.name)];
  const insert = db.prepare(
    `INSERT INTO ${quoted(table.name)} (${names.map(quoted).join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
  );
  const index =
    how === null ? null : db.prepare(`INSERT INTO ${quoted(rtreeName(table.name, how.geom))} VALUES (?, ?, ?, ?, ?)`);
  let extent: Bbox | null = null;
  let rows = 0;
  for (const { values, shape } of table.rows) {
    const cells = table.fields.map((field) => values[field.name] ?? null);
    const blob = how === null || shape === null ? null : encodeGpkg(shape, how.srsId);
    const { lastInsertRowid } = insert.run(...(how === null ? [] : [blob]), ...cells);
    const box = shape === null ? null : bboxOfShape(shape);
    if (box !== null) {
      index?.run(lastInsertRowid, box[0], box[2], box[1], box[3]);
      extent = extent === null ? box : around(extent, box);
    }
    rows++;
  }
  if (how !== null && extent !== null)
    db.prepare(`UPDATE gpkg_contents SET min_x = ?, min_y = ?, max_x = ?, max_y = ? WHERE table_name = ?`).run(
      ...extent,
      table.name,
    );
  return rows;
}

function around(a: Bbox, b: Bbox): Bbox {
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
}

function registerSrs(db: Database.Database, table: WrittenTable): number {
  const insert = db.prepare(`INSERT OR IGNORE INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, NULL)`);
  for (const [name, id, organization, code, wkt] of REQUIRED_SRS) insert.run(name, id, organization, code, wkt);
  const { crs } = table;
  if (crs === null) return -1;
  const epsg = Number(/^EPSG:(\d+)$/iu.exec(crs.code ?? '')?.[1]);
  const id = Number.isInteger(epsg) ? epsg : OWN_SRS_ID;
  const name = /^\w+\["([^"]+)"/u.exec(crs.wkt)?.[1] ?? crs.code ?? 'unnamed';
  insert.run(name, id, Number.isInteger(epsg) ? 'EPSG' : 'NONE', id, crs.wkt);
  return id;
}
