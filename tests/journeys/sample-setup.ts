import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';
import { root } from '../root.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A sample district of few components, to be copied. */
    smallSample: string;
  }
}

const COMPONENTS = '1500';

/** Before the journeys: one small sample district for all of them. */
export default async function setup(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'gewu-samples-'));
  const file = path.join(folder, 'sample.gpkg');
  const args = [path.join(root, 'src/cli/main.ts'), 'sample', file, '--components', COMPONENTS, '--by', '李静'];
  const remove = () => rmSync(folder, { recursive: true, force: true });
  await promisify(execFile)(process.execPath, args, {
    env: { ...process.env, HOME: folder, USERPROFILE: folder, GEWU_CONFIG_DIR: path.join(folder, 'config') },
  }).catch((error: unknown) => {
    remove();
    throw error;
  });
  project.provide('smallSample', file);
  return remove;
}
