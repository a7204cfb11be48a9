import { BOUNDS, fuzz } from '../tests/fuzz/run.ts';

/** How many mutations are run; GEWU_FUZZ asks for another number. */
const MUTATIONS = Number(process.env['GEWU_FUZZ'] ?? 20_000);

/** Mutated deliveries of every format: tables or sentences, within bounds of time and memory. */
export async function run(print: (line: string) => void): Promise<void> {
  print(
    `\nMutated deliveries (${MUTATIONS}, bounds ${BOUNDS.cpuMs} ms of the processor and ${BOUNDS.megabytes} MB each)`,
  );
  const begun = Date.now();
  const { runs, read, refused, slowest, peak, wrong } = await fuzz(0, MUTATIONS, (report) =>
    print(`  ${report.runs} done, ${report.wrong.length} wrong`),
  );
  for (const line of wrong) print(`  WRONG ${line}`);
  print(`  ${runs} run in ${Math.round((Date.now() - begun) / 1000)} s: ${read} gave rows, ${refused} were refused`);
  if (slowest) print(`  slowest ${Math.round(slowest.cpu)} ms: #${slowest.index} (${slowest.kind}: ${slowest.how})`);
  print(`  largest process ${Math.round(peak)} MB, ${wrong.length} broke a promise`);
  if (wrong.length > 0) process.exitCode = 1;
}
