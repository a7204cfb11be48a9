import { readdirSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

const skipped = new Set(['node_modules', 'dist']);

/** Every TypeScript source under the folders that exist, and the configurations beside them, as paths from `root` with forward slashes, in order. */
export function sourceFiles(root: string, folders: string[]): string[] {
  const found: string[] = [];
  const visit = (folder: string) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && !skipped.has(entry.name)) visit(path);
      if (entry.isFile() && /\.tsx?$/.test(entry.name)) found.push(relative(root, path).split(sep).join('/'));
    }
  };
  for (const folder of folders) {
    const path = join(root, folder);
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) visit(path);
  }
  for (const name of readdirSync(root)) if (name.endsWith('.config.ts')) found.push(name);
  return found.toSorted();
}

export function isTest(path: string): boolean {
  return /\.test\.tsx?$/.test(path) || /(^|\/)testing\.ts$/.test(path) || path.startsWith('tests/');
}
