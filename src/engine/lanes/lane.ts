import { parentPort, workerData } from 'node:worker_threads';
import { dropOwnLock } from '../../project/lock.ts';
import { openProject } from '../../project/open.ts';
import { sweepOrphans } from '../../project/batches/batches.ts';
import type { ProjectFile } from '../../project/project-file.ts';
import type { LaneRoom } from './context.ts';
import type { HandlerTable } from './handlers.ts';
import type { FromLane, LaneData, LaneName, ToLane } from './protocol.ts';
import { createRunner, type AfterWork } from './runner.ts';

/** What a lane is made of: its handlers, and what follows a revision or an event. */
export interface LaneKind {
  handlers: HandlerTable;
  afterWork?: (room: LaneRoom) => AfterWork;
  onEvent?: (room: LaneRoom, message: Extract<ToLane, { type: 'event' | 'view' }>) => void;
  /** What goes on in the lane when nobody asks anything. */
  background?: (room: LaneRoom, busy: () => boolean) => LaneBackground;
}
interface LaneBackground {
  /** A call has been answered. */
  answered(today: string): void;
  /** Ends what is under way; the connection is about to be closed. */
  stop(): Promise<void>;
}

const kinds: Record<LaneName, () => Promise<LaneKind>> = {
  write: async () => (await import('./write.ts')).writeLane,
  read: async () => (await import('./read.ts')).readLane,
  map: async () => (await import('./map.ts')).mapLane,
  aside: async () => (await import('./aside.ts')).asideLane,
};

/** Entry of every worker thread of the engine. */
async function main(): Promise<void> {
  const port = parentPort;
  if (port === null) throw new Error('A lane runs as a worker thread.');
  const data = workerData as LaneData;
  const kind = await kinds[data.lane]();
  const room = createRoom(data, (message, transfer) => port.postMessage(message, transfer ?? []));
  const after = kind.afterWork?.(room) ?? (() => undefined);
  const runner = createRunner(room, kind.handlers, after, (call) => background?.answered(call.today));
  const background = kind.background?.(room, runner.busy);
  const close = async (): Promise<void> => {
    await runner.idle();
    await background?.stop();
    room.close();
  };
  port.on('message', (message: ToLane) => {
    if (message.type === 'open') room.intend(message);
    else if (message.type === 'call') runner.take(message.call);
    else if (message.type === 'close') void close();
    else kind.onEvent?.(room, message);
  });
}

function createRoom(data: LaneData, post: (message: FromLane, transfer?: ArrayBuffer[]) => void) {
  let intended: Extract<ToLane, { type: 'open' }> | null = null;
  let open: ProjectFile | null = null;
  const kept = new Map<unknown, object>();
  return {
    data,
    kept,
    post,
    connection(): ProjectFile | null {
      if (open === null && intended !== null) {
        const { path, person, today, afterDeath, migrate, beside, takeOver } = intended;
        if (afterDeath && data.lane === 'write') dropOwnLock(path);
        const mode = data.lane === 'write' ? 'write' : 'read';
        open = openProject(path, { mode, person, today, migrate, beside, takeOver });
        // What a killed job had staged; nothing else can be staging, since only this lane stages.
        if (data.lane === 'write') sweepOrphans(open);
      }
      return open;
    },
    /** The project to open when first asked. */
    intend(message: Extract<ToLane, { type: 'open' }>): void {
      intended = message;
    },
    close(): void {
      intended = null;
      kept.clear();
      open?.close();
      open = null;
      post({ type: 'closed' });
    },
  } satisfies LaneRoom & { intend: unknown; close: unknown };
}

await main();
