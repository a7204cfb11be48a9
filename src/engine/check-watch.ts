import { setImmediate as nextTurn } from 'node:timers/promises';
import { ProjectError } from '../project/error.ts';
import type { ProjectFile } from '../project/project-file.ts';
import { revisionNow } from '../project/queries/reader.ts';
import { backlog, recheck } from './checking.ts';
import type { LaneRoom } from './lanes/context.ts';
import { traceOf } from './lanes/runner.ts';

/** Milliseconds until a small backlog is looked at, and how long the lane must have been quiet for a large one. */
const SOON = 15;
const QUIET = 1500;

/** Ends a run that is no longer wanted: the project is being closed, or a job needs the lane. What it kept so far is right. */
class Interrupted extends Error {}

/**
 * Keeps the findings up to date behind the back of commands: a small change is looked at right after it was acknowledged, a large one
 * (an import, a project that was never checked) once the lane has been quiet, in blocks between which commands run.
 */
export class CheckWatch {
  readonly #room: LaneRoom;
  /** Whether a job is under way. */
  readonly #busy: () => boolean;
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> | null = null;
  #stopping = false;
  #today = '';
  #quietSince = 0;

  constructor(room: LaneRoom, busy: () => boolean) {
    this.#room = room;
    this.#busy = busy;
  }

  /** A call of the lane has been answered. */
  answered(today: string): void {
    this.#today = today;
    this.#quietSince = performance.now();
    if (this.#running === null) this.#later(SOON);
  }

  /** Before the connection is closed. The next answered call begins anew. */
  async stop(): Promise<void> {
    this.#stopping = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    await this.#running;
    this.#stopping = false;
  }

  #later(milliseconds: number): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#look();
    }, milliseconds);
    // Waiting alone keeps no process alive.
    this.#timer.unref();
  }

  #look(): void {
    const project = this.#room.connection();
    if (project === null || project.info().readOnly !== null || this.#busy()) return;
    const waiting = backlog({ project, today: this.#day(project) });
    if (waiting === 'none') return;
    const rest = QUIET - (performance.now() - this.#quietSince);
    if (waiting === 'much' && rest > 0) this.#later(rest);
    else {
      this.#running = this.#run(project).finally(() => {
        this.#running = null;
      });
    }
  }

  async #run(project: ProjectFile): Promise<void> {
    const go = (): void => {
      if (this.#stopping || this.#busy()) throw new Interrupted();
    };
    try {
      const done = await recheck({
        project,
        today: this.#day(project),
        progress: () => undefined,
        checkCancel: go,
        async breathe() {
          go();
          await nextTurn();
          await nextTurn();
          go();
        },
      });
      if (done) this.#room.post({ type: 'event', event: { event: 'checked', revision: revisionNow(project.db) } });
      this.#later(SOON);
    } catch (error) {
      // Interrupted, or a full disk, say: the findings stay marked as stale until there is another chance.
      if (error instanceof Interrupted || error instanceof ProjectError) return;
      this.#room.post({ type: 'fault', text: traceOf('recheck', error) });
    }
  }

  #day(project: ProjectFile): string {
    return this.#today > project.today ? this.#today : project.today;
  }
}
