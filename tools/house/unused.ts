import type { Graph } from './graph.ts';
import { isTest } from './source-files.ts';

/** Files that nothing needs to import: a person, npm, a browser or another process starts them. */
const entries = [
  /^src\/(server|cli)\/main\.ts$/,
  /^src\/ui\/main\.tsx$/,
  // Found by the page itself, folder by folder; the map's painter runs in a worker of its own.
  /^src\/ui\/screens\/[^/]+\/screen\.tsx$/,
  /^src\/ui\/.*worker\.ts$/,
  /^electron\/(main|preload|engine)\.ts$/,
  /^(tests|bench|tools\/commands)\//,
  // The runner loads it by its name.
  /^tools\/test\/tally\.ts$/,
  /^[^/]+\.config\.ts$/,
  /\.test\.tsx?$/,
  /\.d\.ts$/,
];

/**
 * What could be deleted without anybody noticing, as sentences: source files that no entry reaches, even if tests do, and
 * exported names that no other file takes.
 */
export function unused(graph: Graph): string[] {
  return [...unreached(graph), ...untaken(graph)];
}

function unreached(graph: Graph): string[] {
  const reached = new Set<string>();
  const queue = [...graph.modules.keys()].filter(
    (path) => isEntry(path) && (!isTest(path) || !path.startsWith('src/')),
  );
  const next = Map.groupBy(graph.arrows, (arrow) => arrow.from);
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (reached.has(path)) continue;
    reached.add(path);
    for (const { to } of next.get(path) ?? []) if (to.kind === 'file') queue.push(to.name);
  }
  return [...graph.modules.keys()]
    .filter((path) => !reached.has(path) && !isEntry(path) && !isTest(path))
    .map((path) => `${path}:1 is used by nothing${usedByTests(graph, path) ? ' but its tests' : ''}`);
}

function usedByTests(graph: Graph, path: string): boolean {
  return graph.arrows.some((arrow) => arrow.to.kind === 'file' && arrow.to.name === path && isTest(arrow.from));
}

function untaken(graph: Graph): string[] {
  const taken = new Map<string, Set<string>>();
  for (const { to, names } of graph.arrows) {
    if (to.kind !== 'file') continue;
    const already = taken.get(to.name) ?? new Set();
    for (const name of names === '*' ? ['*'] : names) already.add(name);
    taken.set(to.name, already);
  }
  return [...graph.modules.values()]
    .filter((module) => !isEntry(module.path))
    .flatMap((module) => {
      const names = taken.get(module.path);
      if (!names || names.has('*')) return [];
      return module.exports
        .filter((each) => !each.namedAgain && !names.has(each.name))
        .map((each) => `${module.path}:${each.line} exports ${each.name}, which no other file takes`);
    });
}

function isEntry(path: string): boolean {
  return entries.some((pattern) => pattern.test(path));
}
