import { parentPort } from 'node:worker_threads';
import { DEADLY_KIND } from './district.ts';
import type { ToLane } from '../../src/engine/lanes/protocol.ts';

// A lane that dies when it is asked to register a unit of one kind: what a fault in native code looks like from outside.
parentPort?.on('message', (message: ToLane) => {
  if (message.type !== 'call') return;
  const input = message.call.input as { kind?: unknown } | null;
  if (input?.kind === DEADLY_KIND) process.exit(7);
});
await import('../../src/engine/lanes/lane.ts');
