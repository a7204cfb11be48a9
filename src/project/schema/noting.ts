import { ATTRIBUTES } from './attributes.ts';
import { LAYERS } from './layers.ts';
import { literal, loggedColumns, quoted, type TableDef } from './table.ts';

/** Tables whose edits by other programs are noted. */
export const NOTED: readonly TableDef[] = [...LAYERS, ...ATTRIBUTES];

const UNLESS_WRITING = 'NOT EXISTS (SELECT 1 FROM gewu_writing)';

/** json_object of a row's logged cells but the geometry, which goes beside it as the bytes it is. */
function cellsOf(table: TableDef, row: string): string {
  const pairs = loggedColumns(table)
    .filter((column) => column !== 'geom')
    .map((column) => `${literal(column)}, ${row}${quoted(column)}`);
  return `json_object(${pairs.join(', ')})`;
}

/**
 * Triggers that note what another program finds before it changes a row. No function but json_object, so QGIS, GDAL and plain SQLite can
 * fire them, also with trusted_schema off. "replace" sees the row an INSERT OR REPLACE or an upsert is about to run over: SQLite fires no
 * delete trigger then. All are silent while Gewu writes.
 */
export function notingTriggers(table: TableDef): Map<string, string> {
  const t = quoted(table.name);
  const geom = (row: string): string => (table.geometry === null ? 'NULL' : `${row}"geom"`);
  const note = (operation: string, id: string, row: string | null): string =>
    `INSERT INTO gewu_foreign_change (layer, feature_id, operation, cells, geom) VALUES (${literal(table.name)}, ${id}, ${literal(operation)}, ${row === null ? 'NULL, NULL' : `${cellsOf(table, row)}, ${geom(row)}`});`;
  const replace =
    `INSERT INTO gewu_foreign_change (layer, feature_id, operation, cells, geom) ` +
    `SELECT ${literal(table.name)}, "id", 'replace', ${cellsOf(table, '')}, ${geom('')} FROM ${t} WHERE "id" = NEW."id";`;
  const triggers: [string, string][] = [
    ['replace', `BEFORE INSERT ON ${t} WHEN ${UNLESS_WRITING} BEGIN ${replace} END`],
    ['insert', `AFTER INSERT ON ${t} WHEN ${UNLESS_WRITING} BEGIN ${note('insert', 'NEW."id"', null)} END`],
    ['update', `AFTER UPDATE ON ${t} WHEN ${UNLESS_WRITING} BEGIN ${note('update', 'OLD."id"', 'OLD.')} END`],
    [
      'rekey',
      `AFTER UPDATE ON ${t} WHEN OLD."id" <> NEW."id" AND ${UNLESS_WRITING} BEGIN ${note('insert', 'NEW."id"', null)} END`,
    ],
    ['delete', `AFTER DELETE ON ${t} WHEN ${UNLESS_WRITING} BEGIN ${note('delete', 'OLD."id"', 'OLD.')} END`],
  ];
  return new Map(
    triggers.map(([name, body]) => {
      const full = `gewu_note_${table.name}_${name}`;
      return [full, `CREATE TRIGGER ${quoted(full)} ${body}`];
    }),
  );
}

export function allNotingTriggers(): Map<string, string> {
  return new Map(NOTED.flatMap((table) => [...notingTriggers(table)]));
}
