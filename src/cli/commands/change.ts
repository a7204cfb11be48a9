import type { Output } from '../../api/contract.ts';
import { coordinates, oneOf, usage, wholeNumber } from '../args.ts';
import { flag, text, type Arguments, type Command, type Desk, type Outcome } from '../command.ts';
import { ask, columns, lines } from '../output.ts';
import { FAULT_WORDS, say, WORDS } from '../words.ts';

export const gridCommand: Command = {
  name: 'grid',
  usage: ['<project> move-node --at "x y" --to "x y"', '<project> faults'],
  options: { at: text, to: text },
  takes: [2, 2],
  examples: [
    'gewu grid haidian.gpkg move-node --at "432100.5 4428200.25" --to "432101 4428199"',
    'gewu grid haidian.gpkg faults --json',
  ],
  async run(desk, args): Promise<Outcome> {
    const act = oneOf('grid', 'action', ask(args, 1), ['move-node', 'faults']);
    return act === 'faults' ? findFaults(desk, args) : moveNode(desk, args);
  },
};

async function moveNode(desk: Desk, args: Arguments): Promise<Outcome> {
  const at = coordinates('grid', 'at', args.need('at'));
  const to = coordinates('grid', 'to', args.need('to'));
  await desk.open(ask(args, 0));
  const done = await desk.call('grid.edit', { operation: { op: 'move-node', at, to } });
  const { revision, retired, created } = done;
  return {
    json: {
      revision,
      retired,
      created,
      movedComponents: done.movedComponents.length,
      moved: done.movedComponents,
      changed: done.changed,
    },
    text: lines(
      `${say(desk.language, WORDS.revision)} ${revision ?? '–'}`,
      ...done.changed.map((grid) => `  ${grid.code}: ${grid.areaWas.toFixed(1)} → ${grid.areaNow.toFixed(1)} m²`),
      `${say(desk.language, WORDS.moved)}: ${done.movedComponents.length}`,
      ...done.movedComponents.map((moved) => `  ${moved.code}: ${moved.from ?? '–'} → ${moved.to ?? '–'}`),
    ),
  };
}

const FAULT_KEYS = { gap: 'gaps', overlap: 'overlaps', 't-junction': 'tJunctions', outside: 'outside' } as const;

async function findFaults(desk: Desk, args: Arguments): Promise<Outcome> {
  await desk.open(ask(args, 0));
  const { faults } = await desk.call('grid.faults', {});
  const of = (key: string) =>
    faults.filter((fault) => FAULT_KEYS[fault.kind] === key).map(({ at, codes, areaM2 }) => ({ at, codes, areaM2 }));
  const json = { gaps: of('gaps'), overlaps: of('overlaps'), tJunctions: of('tJunctions'), outside: of('outside') };
  return {
    json,
    text: lines(
      `${say(desk.language, WORDS.faults)}: ${faults.length}`,
      ...Object.entries(json).flatMap(([key, list]) =>
        list.map(
          (fault) =>
            `  ${say(desk.language, FAULT_WORDS[key] ?? [key, key])} ${fault.at.join(' ')} ${fault.codes.join(', ')}`,
        ),
      ),
    ),
  };
}

export const historyCommand: Command = {
  name: 'history',
  usage: ['<project> [--of component:ID]'],
  options: { of: text },
  takes: [1, 1],
  examples: ['gewu history haidian.gpkg', 'gewu history haidian.gpkg --of component:1205 --json'],
  async run(desk, args): Promise<Outcome> {
    const of = featureOption(args.values['of']);
    await desk.open(ask(args, 0));
    const revisions: Output<'history.list'>['revisions'] = [];
    for (;;) {
      const page = await desk.call('history.list', { ...of, offset: revisions.length, limit: 2000 });
      revisions.push(...page.revisions);
      if (page.revisions.length === 0 || revisions.length >= page.total) break;
    }
    const rows = revisions.map((r) => [
      r.id,
      r.at,
      r.person,
      r.command,
      r.undoOf === null ? '' : `← ${r.undoOf}`,
      r.rows,
    ]);
    return { json: { revisions }, text: rows.length === 0 ? say(desk.language, WORDS.none) : columns(rows) };
  },
};

/** `component:12` → {of: {layer, id}}. @throws GewuError 'usage' */
function featureOption(value: string | undefined): { of?: { layer: string; id: number } } {
  if (value === undefined) return {};
  const [layer, id] = value.split(':');
  if (layer === undefined || layer === '' || id === undefined) {
    throw usage({ name: 'history' }, `--of ${value} is not layer:id, as in component:12.`, {
      reason: 'feature',
      value,
    });
  }
  return { of: { layer, id: wholeNumber('history', 'The id', id) } };
}

export const undoCommand: Command = {
  name: 'undo',
  usage: ['<project> [REVISION] [--force]'],
  options: { force: flag },
  takes: [1, 2],
  examples: ['gewu undo haidian.gpkg', 'gewu undo haidian.gpkg 41', 'gewu undo haidian.gpkg 41 --force'],
  async run(desk, args): Promise<Outcome> {
    const typed = args.positionals[1];
    const revision = typed === undefined ? {} : { revision: wholeNumber('undo', 'The revision', typed) };
    await desk.open(ask(args, 0));
    return undone(desk, await desk.call('history.undo', { ...revision, force: args.has('force') }));
  },
};

export const redoCommand: Command = {
  name: 'redo',
  usage: ['<project>'],
  options: {},
  takes: [1, 1],
  examples: ['gewu redo haidian.gpkg'],
  async run(desk, args): Promise<Outcome> {
    await desk.open(ask(args, 0));
    return undone(desk, await desk.call('history.redo', {}));
  },
};

function undone(desk: Desk, done: Output<'history.undo'>): Outcome {
  const { revision, undoOf, rows, clashes } = done;
  const word = (pair: readonly [string, string]) => say(desk.language, pair);
  return {
    json: { revision, undoOf, rows, clashes },
    text: lines(
      revision === null
        ? word(WORDS.nothingChanged)
        : `${word(WORDS.revision)} ${revision}: ${word(WORDS.undid)} ${undoOf} · ${rows} ${word(WORDS.rows)}`,
      clashes.length === 0 ? null : `${word(WORDS.clashes)}:`,
      ...clashes.map((c) => `  ${c.layer} ${c.id} ${c.column}: ${c.was ?? '–'} | ${c.now ?? '–'} (${c.revision})`),
    ),
  };
}
