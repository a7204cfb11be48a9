import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Client } from '../../src/api/client.ts';
import { createClient } from '../../src/api/client.ts';
import type { BatchInfo, BatchRow, Pile } from '../../src/api/delivery.ts';
import { createEngine, type Engine } from '../../src/engine/engine.ts';

/** An engine of its own, with what tests of whole districts ask it for. */
export interface Desk {
  engine: Engine;
  client: Client;
  /** Opens a copy of a project that is at rest. */
  openCopy: (project: string, name: string) => Promise<string>;
  export: (format: 'shapefile' | 'gpkg' | 'geojson' | 'csv' | 'xlsx', name: string, more?: object) => Promise<string>;
  stage: (file: string, more?: object) => Promise<BatchInfo>;
  rows: (batch: BatchInfo, pile: Pile) => Promise<BatchRow[]>;
}

export function openDesk(folder: string): Desk {
  const engine = createEngine({
    shell: 'cli',
    version: '0',
    home: folder,
    configDir: path.join(folder, 'config'),
    sampleModule: new URL('../../fixtures/district/index.ts', import.meta.url),
    person: '李静',
  });
  const client = createClient(
    {
      send: (request) => engine.handle(request),
      cancel: (id) => engine.cancel(id),
      listen: (hear) => engine.listen(hear),
    },
    'w',
  );
  return {
    engine,
    client,
    async openCopy(project, name) {
      await client.call('project.close', {});
      const copy = path.join(folder, name);
      copyFileSync(project, copy);
      await engine.openPath(copy);
      return copy;
    },
    async export(format, name, more = {}) {
      const target = { folder: engine.files.add(folder), name, force: true };
      await client.call('export.write', { layer: 'component', format, target, ...more });
      return path.join(folder, name);
    },
    async stage(file, more = {}) {
      const { batches } = await client.call('delivery.stage', {
        files: [engine.files.add(file)],
        as: 'component',
        ...more,
      });
      const [batch] = batches;
      if (batch === undefined) throw new Error('nothing was staged');
      return batch;
    },
    async rows(batch, pile) {
      const found: BatchRow[] = [];
      for (;;) {
        const page = { id: batch.id, pile, offset: found.length, limit: 1000 };
        const { rows, total } = await client.call('batch.rows', page);
        found.push(...rows);
        if (found.length >= total) return found;
      }
    },
  };
}

/** A register as written: cells by heading. */
export type Register = Record<string, string>[];

export function readRegister(file: string): Register {
  return parse(readFileSync(file), { bom: true, columns: true }) as Register;
}

export function writeRegister(file: string, rows: Register): void {
  const headings = Object.keys(rows[0] ?? {});
  const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const lines = rows.map((row) => headings.map((heading) => quote(row[heading] ?? '')).join(','));
  writeFileSync(file, [headings.map(quote).join(','), ...lines].join('\r\n'));
}
