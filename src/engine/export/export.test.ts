import { describe, expect, it } from 'vitest';
import { exportFields, exportValue } from './fields.ts';
import { mapShape } from './shape.ts';

const resources = new URL('../../../resources/', import.meta.url);

describe('what a layer goes out with', () => {
  it('begins with the 18 fields of the 2026 table, in its order', () => {
    const names = exportFields(resources, 'component', '2026').map((field) => field.name);
    expect(names.slice(0, 4)).toEqual(['GLBJBSM', 'GLBJMC', 'ZGBMDM', 'ZGBMMC']);
    expect(names.slice(0, 18).at(-1)).toBe('SZSQMC');
    expect(names).toContain('ZRDWMC');
  });

  it('has names a dbf can hold, none twice', () => {
    for (const profile of ['2026', '2013'] as const) {
      const names = exportFields(resources, 'component', profile).map((field) => field.name);
      expect(new Set(names).size).toBe(names.length);
      expect(names.filter((name) => name.length > 10)).toEqual([]);
    }
  });

  it('says the confirmation in the words deliveries use', () => {
    const field = exportFields(resources, 'component', '2026').find((one) => one.from === 'confirmation');
    expect(field === undefined ? null : exportValue(field, { confirmation: 'disputed' })).toBe('有争议');
    expect(field === undefined ? null : exportValue(field, {})).toBe(null);
  });
});

describe('mapShape', () => {
  it('puts every position of every kind of shape through the function', () => {
    const add = (x: number, y: number): [number, number] => [x + 1, y + 2];
    expect(mapShape({ type: 'Point', coordinates: [0, 0] }, add)).toEqual({ type: 'Point', coordinates: [1, 2] });
    expect(
      mapShape(
        {
          type: 'MultiLineString',
          coordinates: [
            [
              [0, 0],
              [1, 1],
            ],
          ],
        },
        add,
      ).coordinates,
    ).toEqual([
      [
        [1, 2],
        [2, 3],
      ],
    ]);
    const square = {
      type: 'MultiPolygon' as const,
      coordinates: [
        [
          [
            [0, 0],
            [1, 0],
            [1, 1],
            [0, 0],
          ] as [number, number][],
        ],
      ],
    };
    expect(mapShape(square, add).coordinates).toEqual([
      [
        [
          [1, 2],
          [2, 2],
          [2, 3],
          [1, 2],
        ],
      ],
    ]);
  });
});
