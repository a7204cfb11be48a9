import { describe, expect, it } from 'vitest';
import { fault, found, sourceDouble } from '../../tests/check-source.ts';
import { gridTJunction } from './grid-t-junction.ts';

describe('grid-t-junction', () => {
  const kinds = ['gap', 'overlap', 't-junction', 'outside'] as const;
  it('reports its own kind of fault and no other', () => {
    const source = sourceDouble({ tilingFaults: () => kinds.map((kind) => fault(kind)) });
    expect(found(gridTJunction, null, source)).toEqual([
      {
        rule: 'grid-t-junction',
        features: [
          { layer: 'unit_grid', id: 3 },
          { layer: 'unit_grid', id: 4 },
        ],
        key: '1.3 2.0',
        at: [1.26, 2],
        data: { codes: '110108001001003 110108001001004', count: 2, areaM2: 12.35, area: null },
      },
    ]);
  });
});
