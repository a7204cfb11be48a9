import { ATTRIBUTES } from './attributes.ts';
import { LAYERS } from './layers.ts';
import { literal, loggedColumns, quoted, type TableDef } from './table.ts';

/** Tables whose edits by other programs are noted. */
const NOTED: readonly TableDef[] = [...LAYERS, ...ATTRIBUTES];

const UNLESS_WRITING = 'NOT EXISTS (SELECT 1 FROM gewu_writing)';

const INTO = 'INSERT INTO gewu_foreign_change (layer, feature_id, operation, "column", was)';

/** One note a cell of a row: `row` is 'OLD.' or, in a query, ''. */
function cellNotes(table: TableDef, operation: string, row: string, rest: (column: string) => string): string {
  const selects = loggedColumns(table).map(
    (column) =>
      `SELECT ${literal(table.name)}, ${row}"id", ${literal(operation)}, ${literal(column)}, ${row}${quoted(column)}${rest(quoted(column))}`,
  );
  return `${INTO} ${selects.join(' UNION ALL ')};`;
}

/**
 * Triggers that note what another program finds before it changes a row: cell by cell, type and bytes as they are. They call no function
 * at all, not even json_object, which SQLite before 3.41 refuses in triggers when trusted_schema is off. "replace" sees the row an
 * INSERT OR REPLACE or an upsert is about to run over: SQLite fires no delete trigger then. All are silent while Gewu writes.
 */
export function notingTriggers(table: TableDef): Map<string, string> {
  const t = quoted(table.name);
  const made = `${INTO} VALUES (${literal(table.name)}, NEW."id", 'insert', NULL, NULL);`;
  const gone = cellNotes(table, 'delete', 'OLD.', () => '');
  const changed = cellNotes(table, 'update', 'OLD.', (column) => ` WHERE OLD.${column} IS NOT NEW.${column}`);
  const runOver = cellNotes(table, 'replace', '', () => ` FROM ${t} WHERE "id" = NEW."id"`);
  const triggers: [string, string][] = [
    ['replace', `BEFORE INSERT ON ${t} WHEN ${UNLESS_WRITING} BEGIN ${runOver} END`],
    ['insert', `AFTER INSERT ON ${t} WHEN ${UNLESS_WRITING} BEGIN ${made} END`],
    ['update', `AFTER UPDATE ON ${t} WHEN OLD."id" = NEW."id" AND ${UNLESS_WRITING} BEGIN ${changed} END`],
    ['rekey', `AFTER UPDATE ON ${t} WHEN OLD."id" <> NEW."id" AND ${UNLESS_WRITING} BEGIN ${gone} ${made} END`],
    ['delete', `AFTER DELETE ON ${t} WHEN ${UNLESS_WRITING} BEGIN ${gone} END`],
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
