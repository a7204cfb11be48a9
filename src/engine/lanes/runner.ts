import { contract, isMethod } from '../../api/contract.ts';
import { GewuError, toWireError } from '../../api/error.ts';
import { makeContext, type LaneContext, type LaneRoom } from './context.ts';
import type { HandlerTable } from './handlers.ts';
import type { LaneCall } from './protocol.ts';

/** Called when a command or job has succeeded, before it is answered, with the revision it made if it made one. */
export type AfterWork = (context: LaneContext, method: string, revision: number | null) => void;

/**
 * Answers calls. Commands and queries run as they come; jobs one after another. A job awaits only outside of transactions, so whatever
 * arrives meanwhile runs between its blocks: that is how an edit is acknowledged while an import is still being staged.
 */
export function createRunner(
  room: LaneRoom,
  handlers: HandlerTable,
  after: AfterWork,
  answered: (call: LaneCall) => void = () => undefined,
) {
  let jobs: Promise<void> = Promise.resolve();
  let jobsWaiting = 0;

  async function run(call: LaneCall): Promise<void> {
    const context = makeContext(room, call);
    try {
      context.checkCancel();
      room.post({ type: 'started', seq: call.seq });
      const handler = handlers[call.method];
      if (handler === undefined) throw new GewuError('fault', `This lane cannot answer ${call.method}.`);
      const value: unknown = await handler(context, call.input);
      if (changesThings(call.method)) after(context, call.method, revisionOf(value));
      answer(call, value);
    } catch (error) {
      const wire = toWireError(error);
      if (wire.code === 'fault') room.post({ type: 'fault', text: traceOf(call.method, error) });
      room.post({ type: 'answer', seq: call.seq, ok: false, error: wire });
    }
  }

  function answer(call: LaneCall, value: unknown): void {
    const bytes = value instanceof Uint8Array && value.buffer instanceof ArrayBuffer ? value.buffer : null;
    room.post({ type: 'answer', seq: call.seq, ok: true, value }, bytes === null ? [] : [bytes]);
  }

  return {
    take(call: LaneCall): void {
      if (isJob(call.method)) {
        jobsWaiting += 1;
        jobs = jobs
          .then(() => run(call))
          .then(() => {
            jobsWaiting -= 1;
            answered(call);
          });
      } else void run(call).then(() => answered(call));
    },
    /** Whether a job is under way or waiting. */
    busy: () => jobsWaiting > 0,
    /** Resolves when no job runs any more. */
    idle: () => jobs,
  };
}

/** What a log needs of a fault: what was asked and where it happened, never with what input. */
export function traceOf(method: string, error: unknown): string {
  return `${method}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}

function isJob(method: string): boolean {
  return isMethod(method) ? contract[method].kind === 'job' : false;
}

/** Queries and chores may mention a revision, but none they made. */
function changesThings(method: string): boolean {
  return isMethod(method) && contract[method].kind !== 'query';
}

/** Commands and jobs answer with the revision they made. */
function revisionOf(value: unknown): number | null {
  if (typeof value !== 'object' || value === null) return null;
  const revision = (value as { revision?: unknown }).revision;
  return typeof revision === 'number' ? revision : null;
}
