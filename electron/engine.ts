import type { MessageEvent, MessagePortMain } from 'electron';
import { parseArgs } from 'node:util';
import { toWireError } from '../src/api/error.ts';
import { servePort, type Port } from '../src/api/port.ts';
import { createEngine, type Engine } from '../src/engine/engine.ts';
import { ownVersion } from '../src/engine/version.ts';
import type { Answers, Ask, FromEngine, ToEngine } from './engine-messages.ts';

/** Entry of the utility process: the one engine of this app, its lanes in worker threads. Each window holds a port to it. */
function main(): void {
  const parent = process.parentPort;
  const { values } = parseArgs({ args: process.argv.slice(2), options: { by: { type: 'string' } } });
  const tell = (message: FromEngine) => parent.postMessage(message);
  const engine = createEngine({
    shell: 'electron',
    version: ownVersion(),
    laneEntry: new URL('./lane.js', import.meta.url),
    sampleModule: new URL('./sample.js', import.meta.url),
    ...(values.by === undefined ? {} : { person: values.by }),
  });
  engine.listen((event) => {
    if (event.event !== 'project') return;
    tell({ type: 'project', path: event.project === null ? null : engine.files.path(event.project.file.ref) });
  });
  parent.on('message', (event: MessageEvent) => {
    // Only main holds the other end.
    const message = event.data as ToEngine;
    const [port] = event.ports;
    if (message.type === 'window' && port !== undefined) serve(port, engine);
    else if (message.type === 'ask') tell({ type: 'answer', id: message.id, value: answer(message.ask, engine) });
    else if (message.type === 'open') engine.openPath(message.path).catch(report);
    else if (message.type === 'close') void close(engine);
  });
}

function serve(port: MessagePortMain, engine: Engine): void {
  const stop = servePort(portOf(port), engine);
  port.on('close', stop);
  port.start();
}

/** Only ports can be transferred between processes; bytes are copied once. */
function portOf(port: MessagePortMain): Port {
  return {
    post: (message) => port.postMessage(message),
    on(hear) {
      const listen = (event: MessageEvent) => hear(event.data);
      port.on('message', listen);
      return () => port.off('message', listen);
    },
  };
}

function answer(ask: Ask, engine: Engine): Answers[keyof Answers] {
  return ask.what === 'refs' ? ask.paths.map((path) => engine.files.add(path)) : engine.files.resultPath(ask.ref);
}

/** The project is one file again when this process has ended with 0. */
async function close(engine: Engine): Promise<void> {
  try {
    await engine.close();
    process.exit(0);
  } catch (error) {
    report(error);
    process.exit(1);
  }
}

function report(error: unknown): void {
  process.stderr.write(`${toWireError(error).message}\n`);
}

main();
