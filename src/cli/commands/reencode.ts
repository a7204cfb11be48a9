import type { ReadAnew } from '../../api/delivery.ts';
import type { Arguments, Desk, Outcome } from '../command.ts';
import { columns, lines } from '../output.ts';
import { say, WORDS } from '../words.ts';

const SHOWN = 20;

/** Reads the kept bytes of a batch in another encoding. `--dry-run` tells what would change and changes nothing. */
export async function reencodeBatch(desk: Desk, args: Arguments, id: number): Promise<Outcome> {
  const encoding = args.need('encoding');
  const file = args.values['file'];
  const dryRun = args.has('dry-run');
  const done = await desk.call('batch.reencode', { id, encoding, dryRun, ...(file === undefined ? {} : { file }) });
  const { batch, ...told } = done;
  const { language } = desk;
  const cell = ({ file: from, row, column, was, now }: ReadAnew) => [
    `${from}:${row}`,
    column,
    `${was ?? ''} → ${now ?? ''}`,
  ];
  const text = lines(
    `${say(language, WORDS.revision)} ${told.revision ?? '–'} · ${told.rows} ${say(language, WORDS.rows)} · ${told.cells} ${say(language, WORDS.cells)}`,
    batch.id === id ? null : `${say(language, WORDS.stagedAgain)} ${batch.id}`,
    told.undecodable === 0 ? null : `${say(language, WORDS.undecodable)}: ${told.undecodable}`,
    told.samples.length === 0 ? null : columns(told.samples.map(cell)),
    told.keptTotal === 0 ? null : `${say(language, WORDS.clashes)}: ${told.keptTotal}`,
    told.kept.length === 0
      ? null
      : columns(told.kept.slice(0, SHOWN).map((kept) => [...cell(kept), `= ${kept.held ?? ''}`])),
  );
  return { json: { ...told, batchId: batch.id, dryRun }, text };
}
