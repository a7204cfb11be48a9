import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { breaches } from './fences.ts';
import { readGraph, type Graph } from './graph.ts';
import { packageFaults, type Manifest } from './packages.ts';
import { unused } from './unused.ts';

/** Every folder with sources. */
export const folders = ['src', 'electron', 'fixtures', 'tests', 'tools', 'bench'];

function readHouse(root: string): Graph {
  return readGraph(root, folders);
}

export function fenceFaults(root: string): string[] {
  return breaches(readHouse(root));
}

export function unusedFaults(root: string): string[] {
  const graph = readHouse(root);
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
  return [...unused(graph), ...packageFaults(graph, manifest)];
}
