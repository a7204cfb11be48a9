/** SQL types allowed in a GeoPackage 1.3 user table (OGC 12-128r17, table 1), as far as Gewu uses them. */
export type SqlType = 'TEXT' | 'INTEGER' | 'DOUBLE' | 'DATE' | 'DATETIME' | 'BLOB' | 'BOOLEAN';
export type GeometryType = 'POINT' | 'MULTILINESTRING' | 'MULTIPOLYGON';

export interface ColumnDef {
  name: string;
  type: SqlType;
  /** What follows the type: NOT NULL, UNIQUE. */
  rule?: string;
  /** What a new row holds where nothing is given, also for other programs. */
  initial?: string | number;
  /** Table whose `id` this column holds. */
  refers?: string;
  /** Recomputed from other columns: never logged, never part of a digest. */
  derived?: true;
}

/** A table whose changes are revisions: cell by cell, undoable. */
export interface TableDef {
  name: string;
  kind: 'features' | 'attributes' | 'gewu';
  geometry: GeometryType | null;
  identifier: string;
  description: string;
  columns: readonly ColumnDef[];
  /** Columns with an index of their own. */
  indexed: readonly string[];
  /** Columns with an index that leaves blanks out: for links that few rows have. */
  sparse: readonly string[];
}

export function text(name: string, rule?: string): ColumnDef {
  return rule === undefined ? { name, type: 'TEXT' } : { name, type: 'TEXT', rule };
}
export function date(name: string): ColumnDef {
  return { name, type: 'DATE' };
}
export function link(name: string, refers: string): ColumnDef {
  return { name, type: 'INTEGER', refers };
}

/** A name as an SQL identifier. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
/** A text as an SQL literal. */
export function literal(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

/** Columns whose cells revisions keep: `geom` first where there is one, then every column that is not derived. */
export function loggedColumns(table: TableDef): string[] {
  const plain = table.columns.filter((column) => column.derived !== true).map((column) => column.name);
  return table.geometry === null ? plain : ['geom', ...plain];
}

/** Every column in the order of the file, `id` first. */
export function allColumns(table: TableDef): string[] {
  return ['id', ...(table.geometry === null ? [] : ['geom']), ...table.columns.map((column) => column.name)];
}

/** References are checked at COMMIT, so that a revision may put back parent and child in any order. */
function columnSql(column: ColumnDef): string {
  const first = column.initial;
  const initial = first === undefined ? '' : ` DEFAULT ${typeof first === 'string' ? literal(first) : first}`;
  const rule = (column.rule === undefined ? '' : ` ${column.rule}`) + initial;
  const refers =
    column.refers === undefined ? '' : ` REFERENCES ${quoted(column.refers)}(id) DEFERRABLE INITIALLY DEFERRED`;
  return `  ${quoted(column.name)} ${column.type}${rule}${refers}`;
}

export function tableSql(table: TableDef): string {
  const lines = [
    '  "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL',
    ...(table.geometry === null ? [] : [`  "geom" ${table.geometry}`]),
    ...table.columns.map(columnSql),
  ];
  return `CREATE TABLE ${quoted(table.name)} (\n${lines.join(',\n')}\n);`;
}

export function indexSql(table: TableDef): string[] {
  const name = (column: string): string => quoted(`idx_${table.name}__${column}`);
  return [
    ...table.indexed.map((c) => `CREATE INDEX ${name(c)} ON ${quoted(table.name)} (${quoted(c)});`),
    ...table.sparse.map(
      (c) => `CREATE INDEX ${name(c)} ON ${quoted(table.name)} (${quoted(c)}) WHERE ${quoted(c)} IS NOT NULL;`,
    ),
  ];
}
