import type { Page } from 'playwright-core';
import { medianOf } from '../bench.ts';

/** What one act did to the page: gaps between frames and tasks over 50 ms on its main thread, milliseconds. */
export interface Frames {
  act: string;
  gaps: number[];
  tasks: number[];
  /** From the beginning of the act to the answer it waits for; null where it waits for none. */
  answered: number | null;
}

/** Frames go on being counted this long after an act: what it asked for still arrives and is drawn. */
const AFTERMATH_MS = 700;

interface Recorder {
  gaps: number[];
  tasks: number[];
  stop: () => void;
}
declare global {
  var gewuRecorder: Recorder | undefined;
}

/** Counts frames while something is done. `act` answers whether it waited for an answer on the screen. */
export async function record(page: Page, name: string, act: () => Promise<'answered' | void>): Promise<Frames> {
  await page.evaluate(startRecorder);
  const started = performance.now();
  const answered = (await act()) === 'answered' ? performance.now() - started : null;
  await page.waitForTimeout(AFTERMATH_MS);
  // A page that is still busy counts as long as it is.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  const { gaps, tasks } = await page.evaluate(stopRecorder);
  return { act: name, gaps, tasks, answered };
}

/** Runs in the page. */
function startRecorder(): void {
  const gaps: number[] = [];
  const tasks: number[] = [];
  const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries().map((entry) => entry.duration)));
  observer.observe({ type: 'longtask' });
  let last: number | null = null;
  let handle = 0;
  const frame = (now: number) => {
    if (last !== null) gaps.push(now - last);
    last = now;
    handle = requestAnimationFrame(frame);
  };
  handle = requestAnimationFrame(frame);
  globalThis.gewuRecorder = {
    gaps,
    tasks,
    stop: () => {
      cancelAnimationFrame(handle);
      tasks.push(...observer.takeRecords().map((entry) => entry.duration));
      observer.disconnect();
    },
  };
}

/** Runs in the page. */
function stopRecorder(): { gaps: number[]; tasks: number[] } {
  const recorder = globalThis.gewuRecorder;
  recorder?.stop();
  return { gaps: recorder?.gaps ?? [], tasks: recorder?.tasks ?? [] };
}

export function percentile(list: readonly number[], part: number): number {
  const sorted = list.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN;
}

/** No gap between frames may be longer. */
export const STALL_MS = 200;

export function summary({ act, gaps, tasks, answered }: Frames) {
  const worst = Math.max(0, ...gaps);
  return {
    act,
    frames: gaps.length,
    median: medianOf([...gaps]),
    p95: percentile(gaps, 0.95),
    worst,
    task: Math.max(0, ...tasks),
    answered,
    verdict: worst <= STALL_MS ? 'PASS' : 'FAIL',
  };
}
