import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inject } from 'vitest';

/** A copy of the small sample district for one journey, in a folder of its own. */
export function copyOfSample(): { project: string; remove(): void } {
  const folder = mkdtempSync(path.join(tmpdir(), 'gewu-journey-'));
  const project = path.join(folder, '海淀试验.gpkg');
  copyFileSync(inject('smallSample'), project);
  return { project, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
