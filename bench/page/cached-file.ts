import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** Components of the project measured on; GEWU_BENCH_COMPONENTS asks for another number. */
export const COMPONENTS = Number(process.env['GEWU_BENCH_COMPONENTS'] ?? 300_000);

/** A file belongs to the generator and the shape of the project file that made it. */
function digest(): string {
  const hash = createHash('sha256');
  const made = globSync(['fixtures/district/**/*.ts', 'src/project/{schema,migrations}/**/*.ts'], { cwd: root });
  for (const name of made.toSorted()) {
    if (!name.endsWith('.test.ts')) hash.update(name).update(readFileSync(join(root, name)));
  }
  return hash.digest('hex').slice(0, 12);
}

/**
 * The sample district with so many components, made once by `gewu sample` and kept with the temporary files; GEWU_BENCH_PROJECT names a
 * project to be measured instead.
 */
export async function sampleFile(components: number): Promise<string> {
  const own = process.env['GEWU_BENCH_PROJECT'];
  if (own !== undefined) return own;
  const folder = join(tmpdir(), 'gewu-bench');
  const path = join(folder, `sample-${components}-${digest()}.gpkg`);
  if (existsSync(path)) return path;
  mkdirSync(folder, { recursive: true });
  process.stdout.write(`Making a project of ${components} components; later runs find it in ${folder}.\n`);
  const unfinished = join(folder, `making-${process.pid}.gpkg`);
  await gewu(['sample', unfinished, '--components', String(components), '--by', 'bench', '--force']);
  renameSync(unfinished, path);
  return path;
}

/** A copy that a bench may change. */
export function copyOf(path: string): { path: string; remove: () => void } {
  // A folder of its own: backups of the copy go with it.
  const own = mkdtempSync(join(tmpdir(), 'gewu-bench-copy-'));
  const copy = join(own, 'copy.gpkg');
  cpSync(path, copy);
  return { path: copy, remove: () => rmSync(own, { recursive: true, force: true }) };
}

/** Runs the command line; its progress goes to this terminal. Answers milliseconds. @throws Error when it fails */
export function gewu(args: readonly string[]): Promise<number> {
  return timed(process.execPath, [join(root, 'src', 'cli', 'main.ts'), ...args]);
}

/** Runs a program to its end. Answers milliseconds. @throws Error when it fails or is not there */
export function timed(
  program: string,
  args: readonly string[],
  said: 'inherit' | 'ignore' = 'inherit',
): Promise<number> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'ignore', said] });
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0) resolve(performance.now() - started);
      else reject(new Error(`${program} ${args.slice(0, 3).join(' ')} … ended with ${code}.`));
    });
  });
}
