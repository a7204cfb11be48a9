import type { EngineEvent } from '../api/contract.ts';
import type { TaskInfo } from '../api/project.ts';
import { say, STAGES, type Language } from './words.ts';

/** One line on standard error that is written over: stage, how much of how much, rate, time left. Silent where that is no terminal. */
export class ProgressLine {
  readonly #stream: NodeJS.WriteStream;
  readonly #language: Language;
  #stage = '';
  #stageBegan = 0;
  #shown = false;

  constructor(stream: NodeJS.WriteStream, language: Language) {
    this.#stream = stream;
    this.#language = language;
  }

  hear(event: EngineEvent): void {
    if (event.event !== 'task' || !this.#stream.isTTY) return;
    if (event.task.state !== 'running' && event.task.state !== 'waiting') return this.clear();
    if (event.task.stage !== this.#stage) {
      this.#stage = event.task.stage;
      this.#stageBegan = performance.now();
    }
    const seconds = (performance.now() - this.#stageBegan) / 1000;
    this.#stream.write(`\r\u001b[K${progressText(event.task, seconds, this.#language)}`);
    this.#shown = true;
  }

  clear(): void {
    if (this.#shown) this.#stream.write('\r\u001b[K');
    this.#shown = false;
  }
}

/** E.g. `matching 12,000 / 300,000 · 4,100/s · 1:10 left`. `seconds` since the stage began. */
export function progressText(task: TaskInfo, seconds: number, language: Language): string {
  const stage = STAGES[task.stage];
  const parts = [stage === undefined ? task.stage : say(language, stage)];
  const count = (n: number) => n.toLocaleString('en-US');
  if (task.total !== null) parts[0] += ` ${count(task.done)} / ${count(task.total)}`;
  else if (task.done > 0) parts[0] += ` ${count(task.done)}`;
  const rate = seconds > 1 ? task.done / seconds : 0;
  if (rate > 0) parts.push(`${count(Math.round(rate))}/s`);
  if (rate > 0 && task.total !== null && task.total > task.done) {
    const left = Math.ceil((task.total - task.done) / rate);
    const clock = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
    parts.push(language === 'zh' ? `还需 ${clock}` : `${clock} left`);
  }
  return parts.join(' · ');
}
