import type { EngineEvent } from '../api/contract.ts';
import type { WireError } from '../api/error.ts';
import type { TaskInfo } from '../api/project.ts';

/** A command that is answered sooner than this never shows as a task. */
const SHOW_AFTER_MS = 300;
const KEPT_ENDED = 50;

/** What is being done and what was done lately, for the task list and the status bar. */
export class TaskList {
  readonly #tasks = new Map<string, TaskInfo>();
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #emit: (event: EngineEvent) => void;

  constructor(emit: (event: EngineEvent) => void) {
    this.#emit = emit;
  }

  /** `shown` at once for jobs; commands show only when they are kept waiting. */
  begin(id: string, method: string, shown: boolean): void {
    const task: TaskInfo = {
      id,
      method,
      state: 'waiting',
      stage: 'waiting',
      done: 0,
      total: null,
      startedAt: Date.now(),
      error: null,
    };
    if (shown) this.#put(task);
    else this.#timers.set(id, setTimeout(() => this.#put(task), SHOW_AFTER_MS).unref());
  }

  started(id: string): void {
    this.#change(id, { state: 'running', stage: 'starting' });
  }

  progress(id: string, stage: string, done: number, total: number | null): void {
    this.#change(id, { state: 'running', stage, done, total });
  }

  end(id: string, error: WireError | null): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    if (error === null) this.#change(id, { state: 'done' });
    else this.#change(id, { state: error.code === 'cancelled' ? 'cancelled' : 'failed', error });
    const ended = [...this.#tasks.values()].filter((task) => task.state !== 'waiting' && task.state !== 'running');
    for (const task of ended.slice(0, Math.max(0, ended.length - KEPT_ENDED))) this.#tasks.delete(task.id);
  }

  list(): TaskInfo[] {
    return [...this.#tasks.values()];
  }

  #change(id: string, part: Partial<TaskInfo>): void {
    const task = this.#tasks.get(id);
    if (task !== undefined) this.#put({ ...task, ...part });
  }

  #put(task: TaskInfo): void {
    this.#tasks.set(task.id, task);
    this.#emit({ event: 'task', task });
  }
}
