import { toWireError, type WireError } from '../api/error.ts';
import { languageOf } from '../api/words/sentence.ts';
import { ownVersion } from '../engine/version.ts';
import { readArguments, usage } from './args.ts';
import type { Command, Outcome } from './command.ts';
import { gridCommand, historyCommand, redoCommand, undoCommand } from './commands/change.ts';
import { batchCommand } from './commands/batch.ts';
import { importCommand, inspectCommand } from './commands/delivery.ts';
import { newCommand, sampleCommand } from './commands/project.ts';
import { serve, serveCommand } from './commands/serve.ts';
import { checkCommand, exportCommand, reportCommand, statsCommand } from './commands/work.ts';
import { openDesk, type DeskOptions, type OpenDesk } from './desk.ts';
import { exitStatus, sentence } from './failure.ts';
import { commandHelp, generalHelp } from './help.ts';
import type { Notice } from './notices.ts';
import { ProgressLine } from './progress.ts';
import { say, WORDS, type Language } from './words.ts';

const serveHelp: Command = { ...serveCommand, run: () => Promise.resolve({ json: null, text: '' }) };
const COMMANDS: readonly Command[] = [
  newCommand,
  sampleCommand,
  inspectCommand,
  importCommand,
  batchCommand,
  checkCommand,
  statsCommand,
  gridCommand,
  reportCommand,
  exportCommand,
  historyCommand,
  undoCommand,
  redoCommand,
  serveHelp,
];

/** Runs one command and answers the exit status. Results go to standard output, everything else to standard error. */
async function main(argv: readonly string[]): Promise<number> {
  const language = languageOf(process.env);
  const [name, ...rest] = argv;
  const json = argv.includes('--json');
  if (name === '--version') return print(ownVersion());
  if (name === undefined || name === '--help') {
    const help = generalHelp(COMMANDS, language);
    return name === undefined ? complain(help, 2) : print(help);
  }
  const command = COMMANDS.find((known) => known.name === name);
  if (command === undefined) return refuse(unknownCommand(name), language, json);
  try {
    const args = readArguments(command, rest);
    if (args.has('help')) return print(commandHelp(command, language));
    if (args.has('version')) return print(ownVersion());
    if (command === serveHelp) return await serve(rest);
    const by = command === statsCommand ? undefined : args.values['by'];
    if (by?.trim() === '') throw usage(command, '--by needs a name.', { reason: 'blank-name' });
    const how = { language, by, beside: args.has('read-only'), takeOver: args.has('take-over') };
    return await run(how, json, (desk) => command.run(desk, args));
  } catch (error) {
    return refuse(toWireError(error), language, json);
  }
}

async function run(
  how: Omit<DeskOptions, 'stop'>,
  json: boolean,
  work: (desk: OpenDesk) => Promise<Outcome>,
): Promise<number> {
  const stop = new AbortController();
  const onSignal = () => {
    // A second signal does not wait for the project to be closed; the file recovers on the next opening.
    if (stop.signal.aborted) process.exit(130);
    stop.abort();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  const { language } = how;
  const desk = openDesk({ ...how, stop: stop.signal });
  const progress = new ProgressLine(process.stderr, language);
  desk.engine.listen((event) => progress.hear(event));
  try {
    const outcome = await work(desk);
    await desk.engine.close();
    progress.clear();
    tell(desk.notices, language);
    await print(json ? JSON.stringify(withNotices(outcome.json, desk.notices), null, 2) : outcome.text);
    return outcome.exit ?? 0;
  } catch (error) {
    progress.clear();
    await desk.engine.close();
    tell(desk.notices, language);
    return await refuse(toWireError(error), language, json);
  }
}

/** What opening brought to light, in one line each on standard error. */
function tell(notices: readonly Notice[], language: Language): void {
  for (const notice of notices)
    process.stderr.write(`${say(language, WORDS.warning)}: ${sentence(notice, language)}\n`);
}

/** The command's own keys, and `notices` where there are any. */
function withNotices(json: unknown, notices: readonly Notice[]): unknown {
  return notices.length === 0 || typeof json !== 'object' || json === null ? json : { ...json, notices };
}

function unknownCommand(name: string): WireError {
  return {
    code: 'unknown-command',
    message: `There is no command "${name}"; gewu --help lists them.`,
    data: { command: name },
  };
}

async function refuse(error: WireError, language: Language, json: boolean): Promise<number> {
  if (json) await print(JSON.stringify({ error }, null, 2));
  const stopped = error.code === 'cancelled';
  process.stderr.write(`${stopped ? say(language, WORDS.stopped) : sentence(error, language)}\n`);
  const { log } = error.data as { log?: unknown };
  if (typeof log === 'string') process.stderr.write(`${say(language, WORDS.log)}: ${log}\n`);
  return exitStatus(error);
}

/** Waits until a pipe has taken everything: the process ends right after. A reader that left early (`| head`) is no fault. */
function print(text: string): Promise<number> {
  return new Promise((resolve) => {
    process.stdout.once('error', () => resolve(0));
    process.stdout.write(text.endsWith('\n') ? text : `${text}\n`, () => resolve(0));
  });
}

function complain(text: string, status: number): number {
  process.stderr.write(`${text}\n`);
  return status;
}

process.exit(await main(process.argv.slice(2)));
