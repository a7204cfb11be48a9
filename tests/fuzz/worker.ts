import { bytesSource } from '../../src/formats/file-source.ts';
import { FormatError } from '../../src/formats/format.ts';
import type { SourceRow } from '../../src/formats/format.ts';
import { openDelivery } from '../../src/formats/index.ts';
import { deliveryFormats } from '../../src/engine/intake/in-project.ts';
import { mutation } from './mutate.ts';
import type { Mutation } from './mutate.ts';
import { fuzzSeeds } from './seeds.ts';

/** What a worker tells of one mutation. */
export interface Told {
  index: number;
  kind: string;
  how: string;
  /** What went wrong, in a line; null where the reader kept its word. */
  wrong: string | null;
  rows: number;
  doubts: number;
  /** Milliseconds of processor time, and megabytes the process has taken at most so far. */
  cpu: number;
  peak: number;
}

const SENTENCE = /\w.*[.:!]/s;

/** Coordinates that are no numbers are the one thing no row may hold. */
function wrongRow(row: SourceRow): string | null {
  const bad = (value: unknown): boolean =>
    Array.isArray(value) ? value.some(bad) : typeof value !== 'number' || !Number.isFinite(value);
  if (row.shape && bad(row.shape.coordinates)) return `row ${row.row} has a coordinate that is no number`;
  const odd = Object.entries(row.values).find(([, value]) => value !== null && typeof value !== 'string');
  return odd ? `row ${row.row} has a value of another type in ${odd[0]}` : null;
}

/** Opens and reads everything. Only sentences may come out of it. */
async function read({ files }: Mutation): Promise<Pick<Told, 'wrong' | 'rows' | 'doubts'>> {
  const delivered = Object.entries(files).map(([name, bytes]) => ({ name, bytes: bytesSource(bytes) }));
  const { tables, doubts, others } = await openDelivery(delivered, deliveryFormats());
  let rows = 0;
  let wrong: string | null = null;
  const said = [...doubts];
  for (const table of tables) {
    let own = 0;
    try {
      for await (const block of table.blocks()) {
        own += block.length;
        for (const row of block) wrong ??= wrongRow(row);
      }
      if (own !== table.info.rows) wrong ??= `${table.info.name} promised ${table.info.rows} rows and gave ${own}`;
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
    }
    rows += own;
    said.push(...table.info.doubts);
  }
  const silent = said.find(({ code, message }) => code === '' || !SENTENCE.test(message));
  if (silent) wrong ??= `a doubt says nothing: ${JSON.stringify(silent)}`;
  if (tables.length + said.length + others.length === 0) wrong ??= 'nothing came of it and nothing was said';
  return { wrong, rows, doubts: said.length };
}

const seeds = await fuzzSeeds();

async function run(index: number): Promise<Told> {
  const made = mutation(seeds, index);
  const { kind, how } = made;
  const before = process.cpuUsage();
  const result = await read(made).catch((error: unknown) => {
    const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { wrong: words.split('\n').slice(0, 4).join(' | '), rows: 0, doubts: 0 };
  });
  const { user, system } = process.cpuUsage(before);
  const peak = process.resourceUsage().maxRSS / 1024;
  return { index, kind, how, ...result, cpu: (user + system) / 1000, peak };
}

process.on('message', (index: number) => {
  void run(index).then((told) => process.send?.(told));
});
process.send?.('ready');
