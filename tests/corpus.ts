import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const CHECKOUT = resolve(fileURLToPath(import.meta.url), '../..');

/**
 * The folder of real test files beside the checkout (`../shared/corpus`), or null where it is absent. Tests that need it are
 * named "corpus: …" and skipped then; this is the only permitted skip, and it is printed once a test file.
 */
export function corpusPath(): string | null {
  const path = join(CHECKOUT, '..', 'shared', 'corpus');
  if (existsSync(join(path, 'index.json'))) return path;
  console.info('corpus: skipped, the folder ../shared/corpus is not beside this checkout');
  return null;
}

/** One file of the corpus as its index describes it. */
export interface CorpusEntry {
  file: string;
  expects: Record<string, unknown>;
}

/** The entries of the corpus index; empty where the corpus is absent. */
export function corpusEntries(): CorpusEntry[] {
  const path = corpusPath();
  if (path === null) return [];
  const entries: CorpusEntry[] = JSON.parse(readFileSync(join(path, 'index.json'), 'utf8'));
  return entries;
}
