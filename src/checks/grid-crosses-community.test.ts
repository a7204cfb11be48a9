import { describe, expect, it } from 'vitest';
import { fault, found, sourceDouble } from '../../tests/check-source.ts';
import { gridCrossesCommunity } from './grid-crosses-community.ts';

describe('grid-crosses-community', () => {
  const kinds = ['gap', 'overlap', 't-junction', 'outside'] as const;
  it('reports its own kind of fault and no other', () => {
    const source = sourceDouble({ tilingFaults: () => kinds.map((kind) => fault(kind)) });
    expect(found(gridCrossesCommunity, null, source)).toEqual([
      {
        rule: 'grid-crosses-community',
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

  it('tells beyond the district from beyond the community', () => {
    const source = sourceDouble({
      tilingFaults: () => [fault('outside', { area: '110108001001' }), fault('outside', { area: 'district' })],
    });
    expect(found(gridCrossesCommunity, null, source).map(({ key }) => key)).toEqual(['', 'district']);
  });
});
