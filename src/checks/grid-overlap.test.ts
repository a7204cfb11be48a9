import { describe, expect, it } from 'vitest';
import { fault, found, sourceDouble } from '../../tests/check-source.ts';
import { gridOverlap } from './grid-overlap.ts';

describe('grid-overlap', () => {
  const kinds = ['gap', 'overlap', 't-junction', 'outside'] as const;
  it('reports its own kind of fault and no other', () => {
    const source = sourceDouble({ tilingFaults: () => kinds.map((kind) => fault(kind)) });
    expect(found(gridOverlap, null, source)).toEqual([
      {
        rule: 'grid-overlap',
        features: [
          { layer: 'unit_grid', id: 3 },
          { layer: 'unit_grid', id: 4 },
        ],
        key: '',
        at: [1.26, 2],
        data: { codes: '110108001001003 110108001001004', count: 2, areaM2: 12.35, area: null },
      },
    ]);
  });

  it('stays the same finding when the shared ground moves', () => {
    const at = (x: number) => sourceDouble({ tilingFaults: () => [fault('overlap', { at: [x, 0] })] });
    const keys = [1, 50].flatMap((x) => found(gridOverlap, null, at(x)).map(({ key }) => key));
    expect(keys).toEqual(['', '']);
  });
});
