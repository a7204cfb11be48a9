import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { createClient } from '../../src/api/client.ts';
import { createEngine } from '../../src/engine/engine.ts';

/**
 * Brings deliveries in, edits and takes back for ever through the engine, for the parent to kill it in the middle. Arguments: the
 * project, its folder, and the number before the first round's. Says on standard output what it begins and what has been acknowledged:
 * `staging <n>` · `staged <batch> <rows>` · `accepting <batch>` · `accepted <batch> <rows>` · `edit <component> <n>` · `undoing <batch>` ·
 * `undone <batch>` · `taken <batch>` when Ctrl Z took an accept back.
 */
const [project = '', folder = '', first = '0'] = process.argv.slice(2);
const ROWS = 2500;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

const engine = createEngine({ shell: 'cli', version: '0', configDir: path.join(folder, 'config'), person: '李静' });
const client = createClient(
  {
    send: (request) => engine.handle(request),
    cancel: (id) => engine.cancel(id),
    listen: (hear) => engine.listen(hear),
  },
  'w',
);

/** A register whose codes and places no other round's has: what a killed round left live must not be taken for it. */
function register(n: number): string {
  const north = 4_428_000 + (Number(first) / 1000) * 300;
  const rows = Array.from({ length: ROWS }, (_, i) => {
    const code = `11010801001${String((Number(first) * 40 + (n - Number(first)) * ROWS + i) % 1_000_000).padStart(6, '0')}`;
    return [code, '供水井盖', 432_000 + (i % 50) * 5, north + Math.trunc(i / 50) * 5, `${n}-${i}`].join(',');
  });
  return ['部件标识码,部件名称,X,Y,备注', ...rows].join('\n');
}

async function stage(n: number): Promise<number> {
  const file = path.join(folder, `d${n}.csv`);
  writeFileSync(file, register(n));
  say(`staging ${n}`);
  const { batches } = await client.call('delivery.stage', {
    files: [engine.files.add(file)],
    as: 'component',
    plans: [{ file: '*', table: '*', crs: 'EPSG:4548' }],
  });
  const id = batches[0]?.id ?? 0;
  say(`staged ${id} ${ROWS}`);
  return id;
}

async function edit(n: number): Promise<void> {
  const id = 1 + (n % 5);
  await client.call('component.update', { changes: [{ id, set: { note: String(n) } }] });
  say(`edit ${id} ${n}`);
}

await engine.openPath(project);
for (let n = Number(first) + 1; ; n++) {
  const id = await stage(n);
  await edit(n);
  say(`accepting ${id}`);
  const { rows } = await client.call('batch.accept', { id, piles: ['new'] });
  say(`accepted ${id} ${rows}`);
  await edit(n + 1);
  say(`undoing ${id}`);
  await client.call('batch.undo', { id });
  say(`undone ${id}`);
  await edit(n + 2);
}
