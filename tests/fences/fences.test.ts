import { describe, expect, it } from 'vitest';
import { fenceFaults } from '../../tools/house/house.ts';
import { root } from '../root.ts';
import { withSketch } from './sketch.ts';

const faultsOf = (files: Record<string, string>) => withSketch(files, fenceFaults);
const word = 'export const word = 1;\n';

describe('the house', () => {
  it('keeps its fences', () => {
    expect(fenceFaults(root)).toEqual([]);
  });
});

describe('the fences bite', () => {
  it('when they see no modules at all', () => {
    expect(faultsOf({ 'README.md': 'empty' })).toEqual([expect.stringContaining('No modules were seen')]);
  });

  it.each([
    ['api → engine', 'src/api/a.ts', 'src/engine/b.ts'],
    ['project → formats', 'src/project/a.ts', 'src/formats/b.ts'],
    ['checks → project', 'src/checks/a.ts', 'src/project/b.ts'],
    ['reports → checks', 'src/reports/a.ts', 'src/checks/b.ts'],
    ['model → api', 'src/model/a.ts', 'src/api/b.ts'],
    ['ui → engine', 'src/ui/a.tsx', 'src/engine/b.ts'],
    ['server → project', 'src/server/a.ts', 'src/project/b.ts'],
    ['cli → formats', 'src/cli/a.ts', 'src/formats/b.ts'],
    ['electron → project', 'electron/a.ts', 'src/project/b.ts'],
    ['engine → ui', 'src/engine/a.ts', 'src/ui/b.ts'],
    ['a test beside the code: api → engine', 'src/api/a.test.ts', 'src/engine/b.ts'],
  ])('on %s', (_, from, to) => {
    const up = from.startsWith('electron') ? '../' : '../../';
    const faults = faultsOf({ [from]: `import { word } from '${up}${to}';\nword;\n`, [to]: word });
    expect(faults).toEqual([expect.stringMatching(new RegExp(`^${from}:1 \\w+ uses \\w+ `))]);
  });

  it.each([
    ['a type import', "import type { word } from '../engine/b.ts';"],
    ['a type in place', "export type T = typeof import('../engine/b.ts');"],
    ['a late import', "export const later = () => import('../engine/b.ts');"],
    ['a name passed on', "export { word } from '../engine/b.ts';"],
    ['everything passed on', "export * from '../engine/b.ts';"],
    ['a worker by its address', "new Worker(new URL('../engine/b.ts', import.meta.url));"],
    ['require', "const b = require('../engine/b.ts');"],
  ])('however the arrow is written: %s', (_, line) => {
    const faults = faultsOf({ 'src/api/a.ts': `\n${line}\n`, 'src/engine/b.ts': word });
    expect(faults).toEqual(['src/api/a.ts:2 api uses engine (src/engine/b.ts)']);
  });

  it.each([
    ['electron', 'src/server/a.ts'],
    ['better-sqlite3', 'src/engine/a.ts'],
    ['ol/Map.js', 'src/ui/screens/a.ts'],
    ['exceljs', 'src/project/a.ts'],
  ])('on %s in %s', (request, path) => {
    expect(faultsOf({ [path]: `import x from '${request}';\nx;\n` })).toEqual([
      expect.stringContaining(`${path}:1 knows ${request.split('/')[0]}, which only`),
    ]);
  });

  it.each(['node:fs', 'zod'])('on %s in the model', (request) => {
    expect(faultsOf({ 'src/model/a.ts': `import x from '${request}';\nx;\n` })).toEqual([
      `src/model/a.ts:1 the model uses ${request}`,
    ]);
  });

  it('on a circle of imports, but not on one of types', () => {
    const circle = (how: string) => ({
      'src/model/a.ts': `${how} { b } from './b.ts';\nexport const a = 1;\n`,
      'src/model/b.ts': "import { c } from './c.ts';\nexport const b = c;\n",
      'src/model/c.ts': "import { a } from './a.ts';\nexport const c = a;\n",
    });
    expect(faultsOf(circle('import'))).toEqual([
      'src/model/a.ts cycle: src/model/a.ts → src/model/b.ts → src/model/c.ts → src/model/a.ts',
    ]);
    expect(faultsOf(circle('import type'))).toEqual([]);
  });

  it('on a file that is in no room, too long, or not there', () => {
    expect(faultsOf({ 'src/loose.ts': word })).toEqual([expect.stringContaining('lies in none of the rooms')]);
    expect(faultsOf({ 'src/model/a.ts': word.repeat(401) })).toEqual(['src/model/a.ts:401 more than 400 lines']);
    expect(faultsOf({ 'src/model/a.ts': word.repeat(400) })).toEqual([]);
    expect(faultsOf({ 'src/model/a.ts': "import './gone.ts';\n" })).toEqual([
      'src/model/a.ts:1 imports ./gone.ts, which does not exist',
    ]);
  });

  it('on what is not shipped, used by what is', () => {
    expect(faultsOf({ 'src/engine/a.ts': "import '../../tools/b.ts';\n", 'tools/b.ts': word })).toEqual([
      'src/engine/a.ts:1 engine uses tools/b.ts, which is not shipped',
    ]);
  });

  it('not on the arrows of the plan', () => {
    const faults = faultsOf({
      'src/model/a.ts': "import { orient2d } from 'robust-predicates';\nexport const word = orient2d;\n",
      'src/project/b.ts':
        "import D from 'better-sqlite3';\nimport { word } from '../model/a.ts';\nexport const b = [D, word];\n",
      'src/engine/c.ts': "import fs from 'node:fs';\nimport { b } from '../project/b.ts';\nexport const c = [fs, b];\n",
      'src/cli/main.ts': "import { c } from '../engine/c.ts';\nc;\n",
    });
    expect(faults).toEqual([]);
  });
});
