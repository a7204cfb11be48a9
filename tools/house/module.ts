import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync, Visitor } from 'rolldown/utils';

/** A use of another module: which names are taken from it, or '*' when all of it is. */
export interface Import {
  /** As written: './ring.ts', 'node:fs', '@mantine/core'. */
  request: string;
  names: string[] | '*';
  /** Type-only imports vanish when running, but an arrow drawn in types is an arrow all the same. */
  typeOnly: boolean;
  line: number;
}

export interface Module {
  /** From the root, with forward slashes. */
  path: string;
  imports: Import[];
  /** Names other modules may take, without what is only passed on by `export * from`. */
  exports: Export[];
  lines: number;
}

export interface Export {
  name: string;
  line: number;
  /** A type that its own file names again, in the shape of something else it exports, is needed there by its readers. */
  namedAgain: boolean;
}

/** Reads one source file with the parser of the bundler. Throws with place and reason when it does not parse. */
export function readModule(root: string, path: string): Module {
  const text = readFileSync(join(root, path), 'utf8');
  const parsed = parseSync(path, text, { sourceType: 'module', lang: path.endsWith('x') ? 'tsx' : 'ts' });
  const problem = parsed.errors[0];
  if (problem) throw new Error(`${path}: ${problem.message}`);
  const lineAt = lineCounter(text);
  return {
    path,
    imports: [
      ...staticImports(parsed.module, lineAt),
      ...passedOn(parsed.module, lineAt),
      ...inline(parsed.program, lineAt),
    ],
    exports: ownExports(parsed.module, lineAt, text),
    lines: text.split('\n').length - (text.endsWith('\n') ? 1 : 0),
  };
}

type Parsed = ReturnType<typeof parseSync>;
type LineAt = (offset: number) => number;

function staticImports(module: Parsed['module'], lineAt: LineAt): Import[] {
  return module.staticImports.map(({ moduleRequest, entries, start }) => ({
    request: moduleRequest.value,
    names: entries.some((entry) => entry.importName.kind === 'NamespaceObject')
      ? '*'
      : entries.map((entry) => (entry.importName.kind === 'Default' ? 'default' : (entry.importName.name ?? ''))),
    typeOnly: entries.length > 0 && entries.every((entry) => entry.isType),
    line: lineAt(start),
  }));
}

/** `export { a } from` and `export * from` take from a module as an import does. */
function passedOn(module: Parsed['module'], lineAt: LineAt): Import[] {
  return module.staticExports
    .flatMap((statement) => statement.entries)
    .flatMap(({ moduleRequest, importName, isType, start }) =>
      moduleRequest
        ? [
            {
              request: moduleRequest.value,
              names: importName.kind === 'Name' ? [importName.name ?? ''] : ('*' as const),
              typeOnly: isType,
              line: lineAt(start),
            },
          ]
        : [],
    );
}

/** `import('…')` as a value or in a type, `require('…')`, and `new URL('….ts', import.meta.url)`, which starts a worker or process. */
function inline(program: Parsed['program'], lineAt: LineAt): Import[] {
  const found: Import[] = [];
  const add = (node: unknown, start: number, typeOnly: boolean) => {
    const request = literal(node);
    if (request !== null) found.push({ request, names: '*', typeOnly, line: lineAt(start) });
  };
  new Visitor({
    ImportExpression: (node) => add(node.source, node.start, false),
    TSImportType: (node) => add(node.source, node.start, true),
    CallExpression: (node) => {
      const { callee } = node;
      const asks = callee.type === 'Identifier' && callee.name === 'require';
      const resolves =
        callee.type === 'MemberExpression' && callee.object.type === 'Identifier' && callee.object.name === 'require';
      if (asks || resolves) add(node.arguments[0], node.start, false);
    },
    NewExpression: (node) => {
      const request = literal(node.arguments[0]);
      const isSource =
        node.arguments[1]?.type === 'MemberExpression' && request !== null && /^\.{1,2}\/.*\.tsx?$/.test(request);
      if (node.callee.type === 'Identifier' && node.callee.name === 'URL' && isSource)
        add(node.arguments[0], node.start, false);
    },
  }).visit(program);
  return found;
}

function literal(node: unknown): string | null {
  const { type, value } = (node ?? {}) as { type?: string; value?: unknown };
  return type === 'Literal' && typeof value === 'string' ? value : null;
}

function ownExports(module: Parsed['module'], lineAt: LineAt, text: string): Export[] {
  return module.staticExports
    .flatMap((statement) => statement.entries)
    .filter((entry) => entry.exportName.kind !== 'None')
    .map((entry) => {
      const name = entry.exportName.kind === 'Default' ? 'default' : (entry.exportName.name ?? '');
      return { name, line: lineAt(entry.start), namedAgain: entry.isType && occurrences(text, name) > 1 };
    });
}

function occurrences(text: string, name: string): number {
  return text.split(new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}(?![\\w$])`)).length - 1;
}

function lineCounter(text: string): LineAt {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    const after = starts.findIndex((start) => start > offset);
    return after < 0 ? starts.length : after;
  };
}
