import { importAs, type BatchInfo, type TablePlan } from '../../api/delivery.ts';
import type { Input } from '../../api/contract.ts';
import { GewuError } from '../../api/error.ts';
import { oneOf, usage, wholeNumber } from '../args.ts';
import { flag, text, type Arguments, type Command, type Desk, type Outcome } from '../command.ts';
import { ask, batchText, importKeys } from '../output.ts';
import { readDatum } from './datum-file.ts';
import { inspectionKeys, inspectionText } from './inspection.ts';
import { planTables, readMapping } from './mapping-file.ts';
import type { Language } from '../words.ts';

const BLANKS = ['keep', 'clear'] as const;
const ACCEPTED = ['new', 'changed', 'gone'] as const;
type Accepted = (typeof ACCEPTED)[number];

export const inspectCommand: Command = {
  name: 'inspect',
  usage: ['<file…> [--project p.gpkg] [--crs EPSG:4548] [--datum params.json]'],
  options: { project: text, crs: text, datum: text },
  takes: [1, 5000],
  examples: [
    'gewu inspect 交付.zip',
    'gewu inspect BJ0101.shp BJ0101.dbf BJ0101.shx --project haidian.gpkg --json',
    'gewu inspect 井盖.shp --project haidian.gpkg --crs EPSG:2436 --datum params.json',
  ],
  async run(desk, args): Promise<Outcome> {
    const project = args.values['project'];
    if (project !== undefined) await desk.open(project);
    const { crs, datum } = args.values;
    const said = { ...(crs === undefined ? {} : { crs }), ...(datum === undefined ? {} : { datum: readDatum(datum) }) };
    const found = await desk.call('delivery.inspect', {
      files: args.positionals.map((file) => desk.file(file)),
      ...(Object.keys(said).length === 0 ? {} : { plans: [{ ...said, file: '*', table: '*' }] }),
    });
    const doubt = found.doubts[0];
    if (found.tables.length === 0) {
      if (doubt !== undefined) throw new GewuError(doubt.code, doubt.message, doubt.data);
      throw new GewuError('input', 'The files hold no table.', { reason: 'no-table' });
    }
    return { json: inspectionKeys(found), text: inspectionText(found, desk.language) };
  },
};

export const importCommand: Command = {
  name: 'import',
  usage: [
    '<project> <file…> --as component|unit-grid|street|community|unit',
    '  [--mapping m.json] [--encoding gb18030] [--crs EPSG:4548] [--datum params.json] [--class CODE] [--sheet NAME] [--key code]',
    '  [--save-mapping] [--accept none|all|new,changed,gone] [--dry-run]',
    '  [--returns rejects.xlsx] [--language zh|en] [--force]',
    '  [--based-on REVISION|DATE|batch:ID] [--blanks keep|clear]',
  ],
  options: {
    as: text,
    mapping: text,
    encoding: text,
    crs: text,
    datum: text,
    class: text,
    sheet: text,
    key: text,
    'save-mapping': flag,
    accept: text,
    'dry-run': flag,
    returns: text,
    language: text,
    force: flag,
    'based-on': text,
    blanks: text,
  },
  takes: [2, 5000],
  examples: [
    'gewu import haidian.gpkg 井盖.zip --as component --accept all',
    'gewu import haidian.gpkg 权属清单.xlsx --as component --sheet 清单 --key code --accept changed',
    'gewu import haidian.gpkg 一期.csv --as component --mapping m.json --save-mapping',
    'gewu import haidian.gpkg 井盖.shp --as component --crs EPSG:2436 --datum params.json',
    'gewu import haidian.gpkg grids.shp --as unit-grid --dry-run --json',
  ],
  async run(desk, args): Promise<Outcome> {
    const as = oneOf('import', 'as', args.need('as'), importAs.options);
    const accept = acceptedPiles(args.values['accept'] ?? 'none');
    const dryRun = args.has('dry-run');
    await desk.open(ask(args, 0));
    const files = args.positionals.slice(1).map((file) => desk.file(file));
    const plans = await plansFor(desk, args, files);
    const saveMapping = args.has('save-mapping');
    const staged = await desk.call('delivery.stage', {
      files,
      as,
      dryRun,
      saveMapping,
      ...(plans === null ? {} : { plans }),
      ...basedOn(args.values['based-on']),
    });
    let batch = onlyBatch(staged.batches);
    if (!dryRun && accept.length > 0) {
      batch = (await desk.call('batch.accept', { id: batch.id, piles: accept })).batch;
    }
    const returns = args.values['returns'];
    if (returns !== undefined) await writeReturns(desk, args, batch, returns);
    return { json: importKeys(batch, dryRun), text: batchText(batch, desk.language) };
  },
};

/** `all` never means rows that cannot be told apart. @throws GewuError 'usage' */
export function acceptedPiles(typed: string): Accepted[] {
  if (typed === 'none') return [];
  if (typed === 'all') return [...ACCEPTED];
  return typed.split(',').map((pile) => oneOf('import', 'accept', pile.trim(), ACCEPTED));
}

/** A revision's number, an earlier delivery's, or a moment. */
function basedOn(typed: string | undefined): Pick<Input<'delivery.stage'>, 'basedOn'> {
  if (typed === undefined) return {};
  if (/^\d+$/u.test(typed)) return { basedOn: { revision: wholeNumber('import', 'The revision', typed) } };
  const batch = /^batch:(\d+)$/u.exec(typed)?.[1];
  if (batch !== undefined) return { basedOn: { batch: wholeNumber('import', 'The batch', batch) } };
  return { basedOn: { moment: typed } };
}

/** With --as everything delivered is of one kind, so there is one batch. */
function onlyBatch(batches: BatchInfo[]): BatchInfo {
  const [batch] = batches;
  if (batch === undefined)
    throw new GewuError('input', 'The files hold no rows that could be brought in.', { reason: 'no-rows' });
  return batch;
}

async function writeReturns(desk: Desk, args: Arguments, batch: BatchInfo, file: string): Promise<void> {
  if (args.has('dry-run'))
    throw usage({ name: 'import' }, '--returns needs the staged rows; leave out --dry-run.', {
      reason: 'returns-dry',
    });
  const target = { ...desk.target(file), force: args.has('force') };
  await desk.call('batch.returns', { id: batch.id, target, language: sheetLanguage(args) });
}

/** Return sheets are for those who surveyed: in Chinese, whatever this computer speaks, unless said. */
export function sheetLanguage(args: Arguments): Language {
  return oneOf('import', 'language', args.values['language'] ?? 'zh', ['zh', 'en']);
}

/** What the options say of the delivered tables; null when they say nothing and evidence decides everything. */
async function plansFor(desk: Desk, args: Arguments, files: ReturnType<Desk['file']>[]): Promise<TablePlan[] | null> {
  const { values } = args;
  const said: Partial<TablePlan> = {
    ...(values['encoding'] === undefined ? {} : { encoding: values['encoding'] }),
    ...(values['crs'] === undefined ? {} : { crs: values['crs'] }),
    ...(values['datum'] === undefined ? {} : { datum: readDatum(values['datum']) }),
    ...(values['class'] === undefined ? {} : { classCode: values['class'] }),
    ...(values['key'] === undefined ? {} : { key: values['key'] }),
    ...(values['blanks'] === undefined ? {} : { blanks: oneOf('import', 'blanks', values['blanks'], BLANKS) }),
  };
  const fromFile = values['mapping'] === undefined ? null : readMapping(values['mapping']);
  if (fromFile === null && values['sheet'] === undefined && Object.keys(said).length === 0) return null;
  if (values['sheet'] === undefined && (fromFile === null || !('tables' in fromFile))) {
    return [{ ...fromFile, ...said, file: '*', table: '*' }];
  }
  const found = await desk.call('delivery.inspect', { files });
  return planTables(found, said, fromFile, values['sheet']);
}
