import type { Arrow, Graph } from './graph.ts';
import { isTest } from './source-files.ts';

export interface Manifest {
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

/** Packages that are run as commands or read by the compiler and therefore never imported. */
const commands = new Set(['electron', 'oxlint', 'oxlint-tsgolint', 'prettier', 'typescript']);

/**
 * Where package.json and the imports disagree: a package nobody imports, an import nobody declared, and a package the
 * shipped app needs that is declared for development only.
 */
export function packageFaults(graph: Graph, manifest: Manifest): string[] {
  const shipped = manifest.dependencies ?? {};
  const development = manifest.devDependencies ?? {};
  const imports = graph.arrows.filter((arrow) => arrow.to.kind === 'package');
  const used = new Set(imports.map((arrow) => arrow.to.name));
  return [
    ...Object.keys({ ...shipped, ...development })
      .filter((name) => !used.has(name) && !commands.has(name) && !name.startsWith('@types/'))
      .map((name) => `package.json lists ${name}, which nothing imports`),
    ...imports
      .filter((arrow) => !(arrow.to.name in shipped) && !(arrow.to.name in development) && !typesOf(arrow, development))
      .map((arrow) => `${arrow.from}:${arrow.line} imports ${arrow.to.name}, which package.json does not list`),
    ...imports
      .filter((arrow) => ships(arrow) && !(arrow.to.name in shipped) && arrow.to.name in development)
      .map(
        (arrow) => `${arrow.from}:${arrow.line} ships ${arrow.to.name}, which package.json lists for development only`,
      ),
    ...Object.entries({ ...shipped, ...development, ...manifest.optionalDependencies })
      .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
      .map(([name, version]) => `package.json lists ${name} as ${version}, not as one exact version`),
  ];
}

/** A type-only import from a package that exists as types alone, `geojson` for one. */
function typesOf(arrow: Arrow, development: Record<string, string>): boolean {
  return arrow.typeOnly && `@types/${arrow.to.name}` in development;
}

/** Loaded only while developing, from inside the shipped sources. */
const developmentOnly = new Set(['src/server/dev-page.ts']);

/** True for what runs on a person's computer. Electron is the runtime itself and comes with the packaged app. */
function ships(arrow: Arrow): boolean {
  const inApp =
    /^(src|electron|fixtures)\//.test(arrow.from) && !isTest(arrow.from) && !developmentOnly.has(arrow.from);
  return inApp && !arrow.typeOnly && arrow.to.name !== 'electron';
}
