import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { toWireError } from '../api/error.ts';
import { languageOf, sentenceOf } from '../api/words/sentence.ts';
import { createEngine, type Engine } from '../engine/engine.ts';
import { ownVersion } from '../engine/version.ts';
import { devPage } from './dev-page.ts';
import { builtPage, startLoopback, type Loopback } from './server.ts';

/** `main.ts [project] [--port N] [--no-open] [--dev] [--by NAME] [--read-only] [--take-over]`: serves until it is told to stop. */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      port: { type: 'string', default: '0' },
      'no-open': { type: 'boolean', default: false },
      dev: { type: 'boolean', default: false },
      by: { type: 'string' },
      'read-only': { type: 'boolean', default: false },
      'take-over': { type: 'boolean', default: false },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`--port ${values.port} is no port; 0 to 65535.`);
  const engine = createEngine({
    shell: 'server',
    version: ownVersion(),
    sampleModule: new URL('../../fixtures/district/index.ts', import.meta.url),
    ...(values.by === undefined ? {} : { person: values.by }),
  });
  const loopback = await startLoopback({
    engine,
    port,
    page: values.dev ? devPage : builtPage(fileURLToPath(new URL('../../dist/ui/', import.meta.url))),
  });
  stopOnSignals(engine, loopback);
  const [project] = positionals;
  if (project !== undefined)
    await engine.openPath(project, { beside: values['read-only'], takeOver: values['take-over'] });
  process.stdout.write(`Gewu 格物 ${loopback.launchUrl}\n`);
  if (!values['no-open']) openBrowser(loopback.launchUrl);
}

/** The first signal closes the project to one file; a second one does not wait. */
function stopOnSignals(engine: Engine, loopback: Loopback): void {
  let stopping = false;
  const stop = () => {
    if (stopping) process.exit(130);
    stopping = true;
    void loopback
      .close()
      .then(() => engine.close())
      .then(
        () => process.exit(0),
        (error: unknown) => fail(error),
      );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
}

function openBrowser(url: string): void {
  const { platform } = process;
  if (platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) return;
  const child = spawn(...browserCommand(platform, url), { stdio: 'ignore', detached: true });
  // No browser to be found is no fault: the address is on the terminal.
  child.on('error', () => undefined);
  child.unref();
}

/** What opens an address in the person's browser; the address is an argument, never part of a shell's line. */
function browserCommand(platform: NodeJS.Platform, url: string): [command: string, args: string[]] {
  if (platform === 'win32') return ['rundll32', ['url.dll,FileProtocolHandler', url]];
  return [platform === 'darwin' ? '/usr/bin/open' : 'xdg-open', [url]];
}

function fail(error: unknown): never {
  const refusal = toWireError(error);
  process.stderr.write(`${sentenceOf(refusal, languageOf(process.env)) ?? refusal.message}\n`);
  process.exit(refusal.code === 'fault' ? 3 : 2);
}

main().catch(fail);
