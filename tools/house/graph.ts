import { statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { readModule, type Import, type Module } from './module.ts';
import { sourceFiles } from './source-files.ts';

/** An import with where it leads: a source file of the house, a package, a Node built-in, or another file (styles, data). */
export interface Arrow extends Import {
  from: string;
  to: { kind: 'file' | 'package' | 'node' | 'asset' | 'missing'; name: string };
}

export interface Graph {
  modules: Map<string, Module>;
  arrows: Arrow[];
}

/** Reads all modules under `folders` of `root` and where each of their imports leads. */
export function readGraph(root: string, folders: string[]): Graph {
  const modules = new Map(sourceFiles(root, folders).map((path) => [path, readModule(root, path)]));
  const arrows = [...modules.values()].flatMap((module) =>
    module.imports.map((each) => ({
      ...each,
      from: module.path,
      to: leadsTo(root, modules, module.path, each.request),
    })),
  );
  return { modules, arrows };
}

function leadsTo(root: string, modules: Map<string, Module>, from: string, request: string): Arrow['to'] {
  if (request.startsWith('node:')) return { kind: 'node', name: request };
  if (!request.startsWith('.')) return { kind: 'package', name: packageName(request) };
  const path = posix.join(posix.dirname(from), request.replace(/\?.*$/, ''));
  if (modules.has(path)) return { kind: 'file', name: path };
  const there = statSync(join(root, path), { throwIfNoEntry: false })?.isFile();
  return { kind: there ? 'asset' : 'missing', name: path };
}

/** '@mantine/core/styles.css' is of '@mantine/core', 'ol/Map.js' of 'ol'. */
function packageName(request: string): string {
  return request
    .split('/')
    .slice(0, request.startsWith('@') ? 2 : 1)
    .join('/');
}
