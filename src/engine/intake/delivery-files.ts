import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { DeliveredFile, Doubt } from '../../formats/format.ts';
import { fileSource } from '../../formats/file-source.ts';
import { GewuError } from '../../api/error.ts';

/** A file of a delivery with where it lies and what its bytes add up to. */
export interface HandedIn {
  name: string;
  path: string;
  size: number;
  sha256: string;
}

/** Files named by a person, folders walked through (hidden ones and links left out), in a stable order. */
export function collectFiles(paths: string[]): { name: string; path: string; size: number }[] {
  const found: { name: string; path: string; size: number }[] = [];
  const walk = (full: string, name: string, depth: number): void => {
    const stat = statSync(full, { throwIfNoEntry: false });
    if (stat === undefined)
      throw new GewuError('not-found', `${name}: there is no such file.`, { reason: 'file', path: name, file: name });
    if (stat.isFile()) {
      found.push({ name, path: full, size: stat.size });
      return;
    }
    if (!stat.isDirectory() || depth > MAX_DEPTH) return;
    for (const entry of readdirSync(full, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      if (entry.name.startsWith('.') || entry.isSymbolicLink()) continue;
      walk(path.join(full, entry.name), `${name}/${entry.name}`, depth + 1);
    }
  };
  const names = namesOf(paths);
  for (const [i, full] of paths.entries()) walk(full, names[i] ?? path.basename(full), 0);
  const seen = new Set<string>();
  return withSidecars(found).filter((file) => !seen.has(file.path) && seen.add(file.path));
}

/**
 * What each path is called in the delivery: its own name, or the way to it from the folder common to all where two of them
 * have the same name (`a/01001.shp` and `b/01001.shp`).
 */
function namesOf(paths: string[]): string[] {
  const folders = new Map<string, Set<string>>();
  for (const full of paths) {
    const name = path.basename(full).toLowerCase();
    const known = folders.get(name) ?? new Set();
    folders.set(name, known.add(path.dirname(path.resolve(full))));
  }
  if (![...folders.values()].some((known) => known.size > 1)) return paths.map((full) => path.basename(full));
  const ways = paths.map((full) => path.resolve(full).split(path.sep));
  const [first = []] = ways;
  const common = first.findIndex((part, i) => ways.some((way) => way[i] !== part));
  return ways.map((way) => way.slice(common).join('/'));
}

const MAX_DEPTH = 8;
const SIDECARS = new Set(['.shp', '.shx', '.dbf', '.prj', '.cpg', '.dbt']);

/** A `.shp` handed over alone brings the sidecars beside it, in any letter case. */
function withSidecars(files: { name: string; path: string; size: number }[]): typeof files {
  return files.flatMap((file) => {
    if (path.extname(file.path).toLowerCase() !== '.shp') return [file];
    const base = path.basename(file.path).slice(0, -4).toLowerCase();
    const folder = path.dirname(file.path);
    const beside = readdirSync(folder).filter((entry) => {
      const extension = path.extname(entry).toLowerCase();
      return SIDECARS.has(extension) && entry.slice(0, -extension.length).toLowerCase() === base;
    });
    const prefix = file.name.slice(0, file.name.length - path.basename(file.name).length);
    return beside.map((entry) => {
      const full = path.join(folder, entry);
      return { name: prefix + entry, path: full, size: statSync(full).size };
    });
  });
}

/** Files that no format reads, in one sentence: photos and papers, or a format there is no reader for. */
export function leftAside(others: readonly DeliveredFile[]): Doubt[] {
  if (others.length === 0) return [];
  const names = others.slice(0, NAMED).map(({ name }) => name);
  const more = others.length > NAMED ? ', …' : '';
  const message = `${others.length} of the files hold no table that can be read, and were left aside: ${names.join(', ')}${more}.`;
  return [{ code: 'files-left-aside', message, data: { count: others.length, names } }];
}

const NAMED = 10;
const CHUNK = 1 << 20;

/** SHA-256 of a whole file, read in chunks; `check` runs between them so that a caller can stop. */
export function hashFile(file: { name: string; path: string; size: number }, check: () => void): HandedIn {
  const source = fileSource(file.path);
  try {
    const hash = createHash('sha256');
    for (let at = 0; at < source.size; at += CHUNK) {
      check();
      hash.update(source.slice(at, at + CHUNK));
    }
    return { ...file, sha256: hash.digest('hex') };
  } finally {
    source.close();
  }
}

/** The files as the formats read them, and how to let go of them. */
export function openFiles(files: { name: string; path: string }[]): { files: DeliveredFile[]; close(): void } {
  const sources = files.map((file) => ({ name: file.name, bytes: fileSource(file.path) }));
  return {
    files: sources,
    close: () => {
      for (const source of sources) source.bytes.close();
    },
  };
}
