import type { Database } from 'better-sqlite3';
import { ATTRIBUTES } from './schema/attributes.ts';
import { LAYERS } from './schema/layers.ts';
import { allColumns, quoted } from './schema/table.ts';

/** Every row of every layer and attribute table as one line of JSON, ordered by table and id, geometry and other bytes as hex: two equal dumps are the same district, byte for byte. */
function* dumpLines(db: Database): Generator<string> {
  for (const table of [...LAYERS, ...ATTRIBUTES]) {
    const columns = allColumns(table);
    const rows = db
      .prepare<[], unknown[]>(`SELECT ${columns.map(quoted).join(', ')} FROM ${quoted(table.name)} ORDER BY id`)
      .raw();
    for (const row of rows.iterate()) {
      const cells = row.map((cell) => (cell instanceof Uint8Array ? { hex: Buffer.from(cell).toString('hex') } : cell));
      yield JSON.stringify([table.name, ...cells]);
    }
  }
}

export function dump(db: Database): string {
  return [...dumpLines(db)].join('\n');
}
