import { describe, expect, it } from 'vitest';
import { unusedFaults } from '../../tools/house/house.ts';
import { withSketch } from './sketch.ts';

const manifest = (lists: object) => ({ 'package.json': JSON.stringify(lists) });
const faultsOf = (files: Record<string, string>) => withSketch({ ...manifest({}), ...files }, unusedFaults);

describe('what nobody uses is named', () => {
  it('a file that no entry reaches, even if its test does', () => {
    const faults = faultsOf({
      'src/model/a.ts': 'export const a = 1;\n',
      'src/model/a.test.ts': "import { a } from './a.ts';\na;\n",
      'src/model/b.ts': 'export const b = 1;\n',
    });
    expect(faults).toEqual([
      'src/model/a.ts:1 is used by nothing but its tests',
      'src/model/b.ts:1 is used by nothing',
    ]);
  });

  it('an exported name that no other file takes', () => {
    const faults = faultsOf({
      'src/cli/main.ts': "import { a } from './a.ts';\na;\n",
      'src/cli/a.ts':
        'export const a = 1;\nexport const b = 2;\nexport interface Shape { x: 1 }\nexport type T = Shape;\n',
    });
    expect(faults).toEqual([
      'src/cli/a.ts:2 exports b, which no other file takes',
      'src/cli/a.ts:4 exports T, which no other file takes',
    ]);
  });

  it('packages: unused, undeclared, declared for development but shipped, not exact', () => {
    const faults = faultsOf({
      ...manifest({ dependencies: { zod: '4.6.7', ol: '^10.0.0' }, devDependencies: { fflate: '1.0.0' } }),
      'src/cli/main.ts': "import 'fflate';\nimport 'react';\nimport 'zod';\n",
    });
    expect(faults).toEqual([
      'package.json lists ol, which nothing imports',
      'src/cli/main.ts:2 imports react, which package.json does not list',
      'src/cli/main.ts:1 ships fflate, which package.json lists for development only',
      'package.json lists ol as ^10.0.0, not as one exact version',
    ]);
  });

  it('nothing in a house where everything has its use', () => {
    const faults = faultsOf({
      'src/cli/main.ts': "import { a } from './index.ts';\na;\n",
      'src/cli/index.ts': "export * from './a.ts';\n",
      'src/cli/a.ts': 'export const a = 1;\n',
    });
    expect(faults).toEqual([]);
  });
});
