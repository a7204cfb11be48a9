import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Told } from './worker.ts';

const WORKER = fileURLToPath(new URL('./worker.ts', import.meta.url));

/**
 * Bounds every mutation is held to. A reader hangs once it has used so much of the processor without an answer; the clock is the
 * last resort, where the system does not tell that of another process.
 */
export const BOUNDS = { cpuMs: 4000, hangMs: 10_000, clockMs: 180_000, megabytes: 512 };

export interface FuzzReport {
  runs: number;
  /** Mutations that gave tables, and those of which only sentences came. */
  read: number;
  refused: number;
  slowest: Told | null;
  /** Megabytes of the largest worker. */
  peak: number;
  /** One line for each mutation that broke a bound or a promise. */
  wrong: string[];
}

/**
 * Runs the mutations of numbers `from` up to `to` in a process of its own, one after the other. A process that hangs or dies
 * is named by the mutation it was at, and a new one goes on behind it.
 */
export async function fuzz(
  from: number,
  to: number,
  tell: (report: FuzzReport) => void = () => undefined,
): Promise<FuzzReport> {
  const report: FuzzReport = { runs: 0, read: 0, refused: 0, slowest: null, peak: 0, wrong: [] };
  let child: ChildProcess | null = null;
  for (let index = from; index < to; index++) {
    child ??= await start();
    const told = await ask(child, index);
    report.runs++;
    if (typeof told === 'string') {
      report.wrong.push(`#${index}: ${told}`);
      child = null;
      continue;
    }
    note(report, told);
    if (told.peak > BOUNDS.megabytes) {
      child.kill();
      child = null;
    }
    if (report.runs % 500 === 0) tell(report);
  }
  child?.kill();
  return report;
}

function note(report: FuzzReport, told: Told): void {
  const name = `#${told.index} (${told.kind}: ${told.how})`;
  if (told.rows > 0) report.read++;
  else report.refused++;
  if (told.wrong !== null) report.wrong.push(`${name}: ${told.wrong}`);
  if (told.cpu > BOUNDS.cpuMs) report.wrong.push(`${name}: took ${Math.round(told.cpu)} ms of the processor`);
  if (told.peak > BOUNDS.megabytes) report.wrong.push(`${name}: took the process to ${Math.round(told.peak)} MB`);
  if (told.cpu > (report.slowest?.cpu ?? 0)) report.slowest = told;
  report.peak = Math.max(report.peak, told.peak);
}

function start(): Promise<ChildProcess> {
  const child = fork(WORKER, {
    execArgv: ['--no-warnings', '--max-old-space-size=320'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr?.setEncoding('utf8').on('data', (part: string) => (said = (said + part).slice(-2000)));
    child.once('message', () => resolve(child));
    child.once('exit', () => reject(new Error(`the fuzz worker did not start: ${said}`)));
  });
}

/** One mutation; a sentence where the process hung or died of it. */
function ask(child: ChildProcess, index: number): Promise<Told | string> {
  return new Promise((resolve) => {
    const done = (answer: Told | string): void => {
      clearInterval(timer);
      child.removeAllListeners('exit');
      child.removeAllListeners('message');
      resolve(answer);
    };
    const begun = Date.now();
    const usedBefore = usedBy(child.pid) ?? 0;
    const timer = setInterval(() => {
      const used = (usedBy(child.pid) ?? usedBefore) - usedBefore;
      if (used < BOUNDS.hangMs && Date.now() - begun < BOUNDS.clockMs) return;
      child.kill('SIGKILL');
      done(`no answer after ${Math.round(used)} ms of the processor`);
    }, 1000);
    child.once('message', (told: Told) => done(told));
    child.once('exit', (code, signal) => done(`the process died (${signal ?? code})`));
    child.send(index);
  });
}

/** Milliseconds of the processor a process has used, in hundredths of a second as Linux counts them; null elsewhere. */
function usedBy(pid: number | undefined): number | null {
  if (process.platform !== 'linux' || pid === undefined) return null;
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').replace(/^.*\)/s, '').trim().split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return null;
  }
}
