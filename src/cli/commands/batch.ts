import type { BatchInfo } from '../../api/delivery.ts';
import { oneOf, usage, wholeNumber } from '../args.ts';
import { flag, text, type Arguments, type Command, type Desk, type Outcome } from '../command.ts';
import { ask, batchText, columns, importKeys, lines, stateText } from '../output.ts';
import { PILE_WORDS, say, WORDS } from '../words.ts';
import { batchCoverage } from './coverage.ts';
import { acceptedPiles, sheetLanguage } from './delivery.ts';
import { reencodeBatch } from './reencode.ts';

const ACTS = ['list', 'show', 'accept', 'undo', 'receipt', 'returns', 'reencode', 'repair', 'coverage'] as const;

export const batchCommand: Command = {
  name: 'batch',
  usage: [
    '<project> list',
    '<project> show ID',
    '<project> accept ID [--piles new,changed,gone]',
    '<project> undo ID',
    '<project> receipt ID --out receipt.xlsx [--language zh|en] [--force]',
    '<project> returns ID --out rejects.xlsx [--language zh|en] [--force]',
    '<project> repair ID',
    '<project> coverage ID [--covers delivered|nothing|streets:A,B|communities:A,B|grids:A,B]',
    '<project> reencode ID --encoding gb18030 [--file NAME] [--dry-run]',
  ],
  options: {
    piles: text,
    out: text,
    language: text,
    force: flag,
    encoding: text,
    file: text,
    'dry-run': flag,
    covers: text,
  },
  takes: [2, 3],
  examples: [
    'gewu batch haidian.gpkg list',
    'gewu batch haidian.gpkg accept 3 --piles new,changed',
    'gewu batch haidian.gpkg receipt 3 --out 回执.xlsx',
    'gewu batch haidian.gpkg coverage 3 --covers streets:110108001,110108002',
    'gewu batch haidian.gpkg undo 3',
    'gewu batch haidian.gpkg reencode 3 --encoding gb18030 --dry-run',
  ],
  async run(desk, args): Promise<Outcome> {
    const act = oneOf('batch', 'action', ask(args, 1), ACTS);
    await desk.open(ask(args, 0));
    if (act === 'list') return listBatches(desk);
    if (args.positionals[2] === undefined)
      throw usage({ name: 'batch' }, `batch ${act} needs the batch's number.`, { reason: 'batch-number', act });
    const id = wholeNumber('batch', 'The batch', args.positionals[2]);
    switch (act) {
      case 'show':
        return show(desk, id);
      case 'accept':
        return accept(desk, args, id);
      case 'undo':
        return undo(desk, id);
      case 'receipt':
        return write(desk, args, id, 'batch.writeReceipt');
      case 'returns':
        return write(desk, args, id, 'batch.returns');
      case 'repair':
        return repair(desk, id);
      case 'coverage':
        return batchCoverage(desk, args, id);
      case 'reencode':
        return reencodeBatch(desk, args, id);
    }
  },
};

/** The keys of `import`, and the receipt: how every table was read, and what became of its rows. */
async function show(desk: Desk, id: number): Promise<Outcome> {
  const { batch, ...receipt } = await desk.call('batch.receipt', { id });
  return { json: { ...importKeys(batch), receipt }, text: batchText(batch, desk.language) };
}

async function accept(desk: Desk, args: Arguments, id: number): Promise<Outcome> {
  const piles = acceptedPiles(args.values['piles'] ?? 'all');
  const { revision, batch } = await desk.call('batch.accept', { id, piles });
  return { json: { ...importKeys(batch), revision }, text: batchText(batch, desk.language) };
}

async function undo(desk: Desk, id: number): Promise<Outcome> {
  const { revision, rows, clashes } = await desk.call('batch.undo', { id });
  const undoOf = (await desk.client.call('batch.get', { id })).revision;
  return {
    json: { revision, undoOf, rows, clashes },
    text: `${say(desk.language, WORDS.revision)} ${revision ?? '–'} · ${rows} ${say(desk.language, WORDS.rows)}`,
  };
}

/** Takes over every proposed name for a text that was cut within a character. */
async function repair(desk: Desk, id: number): Promise<Outcome> {
  const { cells } = await desk.call('batch.repair', { id, take: true });
  return { json: { cells }, text: `${cells} ${say(desk.language, WORDS.cells)}` };
}

async function write(
  desk: Desk,
  args: Arguments,
  id: number,
  method: 'batch.writeReceipt' | 'batch.returns',
): Promise<Outcome> {
  const target = { ...desk.target(args.need('out')), force: args.has('force') };
  const written = await desk.call(method, { id, target, language: sheetLanguage(args) });
  const files = written.files.map((file) => desk.path(file));
  return {
    json: { files, rows: written.rows },
    text: lines(...files.map((file) => `${say(desk.language, WORDS.written)} ${file}`)),
  };
}

async function listBatches(desk: Desk): Promise<Outcome> {
  const batches = await desk.call('batch.list', {});
  const piles = Object.values(PILE_WORDS).map((words) => say(desk.language, words));
  const table = columns([
    ['', say(desk.language, WORDS.batch), '', ...piles],
    ...batches.map((batch) => [
      batch.id,
      batch.name,
      stateText(batch.state, desk.language),
      ...Object.keys(PILE_WORDS).map((p) => pileOf(batch, p)),
    ]),
  ]);
  return {
    json: { batches: batches.map((batch) => importKeys(batch)) },
    text: batches.length === 0 ? say(desk.language, WORDS.none) : lines(table),
  };
}

function pileOf(batch: BatchInfo, pile: string): number {
  return (batch.piles as Readonly<Record<string, number>>)[pile] ?? 0;
}
