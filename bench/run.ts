import { cpus, totalmem } from 'node:os';
import { readdirSync } from 'node:fs';
import { measure, type Bench } from './bench.ts';

/** Ways to be timed side by side, or something that measures and prints by itself. */
type BenchFile =
  { prepare: () => Bench[] | Promise<Bench[]> } | { run: (print: (line: string) => void) => Promise<void> };

/** Prints the machine, then for each `*.bench.ts` (or those whose name holds an argument) medians and ratios. */
async function run(wanted: string[]): Promise<number> {
  const files = readdirSync(import.meta.dirname)
    .filter((name) => name.endsWith('.bench.ts') && (wanted.length === 0 || wanted.some((part) => name.includes(part))))
    .toSorted();
  if (files.length === 0) {
    process.stderr.write('No bench of that name.\n');
    return 2;
  }
  const cores = cpus();
  process.stdout.write(
    `${cores[0]?.model.trim() ?? 'unknown processor'} × ${cores.length}, ${(totalmem() / 2 ** 30).toFixed(0)} GB, ` +
      `${process.platform} ${process.arch}, Node ${process.version}\nMilliseconds compare only within this run; ratios travel.\n`,
  );
  for (const file of files) {
    const bench = (await import(new URL(file, import.meta.url).href)) as BenchFile;
    if ('run' in bench) await bench.run((line) => process.stdout.write(`${line}\n`));
    else for (const one of await bench.prepare()) await report(one);
  }
  return 0;
}

async function report(bench: Bench): Promise<void> {
  process.stdout.write(`\n${bench.name} (median of ${bench.rounds})\n`);
  for (const { way, median, ratio } of await measure(bench)) {
    process.stdout.write(
      `  ${way.padEnd(40)} ${median.toFixed(2).padStart(10)} ms  ${ratio.toFixed(2).padStart(7)} ×\n`,
    );
  }
  await bench.finish?.();
}

process.exitCode = await run(process.argv.slice(2));
