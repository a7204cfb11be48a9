import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { rolldown, type InputOptions, type OutputOptions } from 'rolldown';
import { build as viteBuild } from 'vite';
import { withLock } from '../setup/lock.mjs';
import { inWords, root, say } from '../setup/paths.mjs';
import { fingerprint } from './fingerprint.ts';

/** What every part of the build depends on besides its own sources. */
const common = ['package-lock.json', 'tools/build'];

/** Builds the page and the Electron shell into dist/, each only when its sources changed since it was last built. */
export async function buildAll(): Promise<void> {
  mkdirSync(join(root, 'dist'), { recursive: true });
  const waiting = inWords('Waiting for another build to finish …', '正在等待另一次构建完成……');
  await withLock(
    join(root, 'dist', '.build.lock'),
    () => say(waiting),
    async () => {
      await unlessFresh('page', ['src/ui', 'src/api', 'src/model', 'vite.config.ts', ...common], 'dist/ui', buildPage);
      await unlessFresh('Electron shell', ['electron', 'src', 'fixtures', ...common], 'dist/electron', buildElectron);
    },
  );
}

async function unlessFresh(what: string, sources: string[], folder: string, build: () => Promise<void>): Promise<void> {
  const stamp = join(root, `${folder}.stamp`);
  const wanted = fingerprint(sources);
  if (existsSync(stamp) && existsSync(join(root, folder)) && readFileSync(stamp, 'utf8') === wanted) return;
  say(inWords(`Building the ${what} …`, `正在构建（${what}）……`));
  rmSync(stamp, { force: true });
  await build();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
}

async function buildPage(): Promise<void> {
  await viteBuild({ configFile: join(root, 'vite.config.ts'), logLevel: 'warn' });
}

/**
 * The runtime itself and the native store stay outside the bundles, and so does a package that is not installed: the zip
 * reader under exceljs asks for it only when it reads from Amazon's storage, which Gewu never does.
 */
const external = ['electron', 'better-sqlite3', '@aws-sdk/client-s3'];

/**
 * Main, engine and its lanes are ES modules side by side, so that they share what they have in common; the sandboxed preload
 * script has to be CommonJS in one file. All files lie flat in dist/electron, as deep as src/engine is: addresses
 * relative to a source (`../../resources/`) keep their meaning.
 */
async function buildElectron(): Promise<void> {
  const folder = join(root, 'dist', 'electron');
  rmSync(folder, { recursive: true, force: true });
  const modules = {
    main: join(root, 'electron/main.ts'),
    engine: join(root, 'electron/engine.ts'),
    lane: join(root, 'src/engine/lanes/lane.ts'),
    sample: join(root, 'fixtures/district/index.ts'),
  };
  await bundle(
    { input: modules, external, platform: 'node' },
    { dir: folder, format: 'esm', entryFileNames: '[name].js', chunkFileNames: 'shared-[hash].js', sourcemap: true },
  );
  await bundle(
    { input: join(root, 'electron/preload.ts'), external, platform: 'node' },
    { file: join(folder, 'preload.cjs'), format: 'cjs' },
  );
}

async function bundle(input: InputOptions, output: OutputOptions): Promise<void> {
  const made = await rolldown({ ...input, logLevel: 'warn' });
  try {
    await made.write(output);
  } finally {
    await made.close();
  }
}
