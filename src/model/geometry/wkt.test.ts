import { describe, expect, it } from 'vitest';
import { GeometryError } from './error.ts';
import { formatWkt, parseWkt } from './wkt.ts';

describe('well-known text', () => {
  it('reads every form, in any case and spacing, and drops Z and M', () => {
    expect(parseWkt('POINT (447000.5 4417000.25)')).toEqual({ type: 'Point', coordinates: [447000.5, 4417000.25] });
    expect(parseWkt('point z(1 -2 3)')).toEqual({ type: 'Point', coordinates: [1, -2] });
    expect(parseWkt('MULTIPOINT ((1 2), (3 4))')).toEqual(parseWkt('MULTIPOINT (1 2, 3 4)'));
    expect(parseWkt('LINESTRING (0 0, 1e3 .5)')).toEqual({
      type: 'MultiLineString',
      coordinates: [
        [
          [0, 0],
          [1000, 0.5],
        ],
      ],
    });
    expect(parseWkt(' POLYGON((0 0,1 0,1 1,0 0))  ')).toEqual(parseWkt('MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)))'));
  });

  it('writes what it reads', () => {
    for (const text of [
      'POINT (116.3 39.9)',
      'MULTIPOINT ((1 2), (3 4))',
      'MULTILINESTRING ((0 0, 1 1), (2 2, 3 3.0001))',
      'MULTIPOLYGON (((0 0, 4 0, 4 4, 0 0), (1 1, 1 2, 2 2, 1 1)))',
    ]) {
      const shape = parseWkt(text);
      expect(shape && formatWkt(shape)).toBe(text);
    }
    expect(parseWkt('POLYGON EMPTY')).toBeNull();
    expect(parseWkt('MULTIPOLYGON (EMPTY)')).toBeNull();
    expect(parseWkt('MULTILINESTRING (EMPTY, (0 0, 1 1))')).toEqual(parseWkt('LINESTRING (0 0, 1 1)'));
    expect(formatWkt({ type: 'MultiPolygon', coordinates: [] })).toBe('MULTIPOLYGON EMPTY');
  });

  it('names the character that can not be read', () => {
    const at = (text: string): unknown => {
      try {
        return parseWkt(text);
      } catch (error) {
        return error instanceof GeometryError ? [error.code, error.data['at'] ?? error.data['type']] : error;
      }
    };
    expect(at('POINT (1)')).toEqual(['geometry-unreadable', 9]);
    expect(at('POINT (1 2')).toEqual(['geometry-unreadable', 11]);
    expect(at('POINT (1 2) x')).toEqual(['geometry-unreadable', 12]);
    expect(at('CIRCULARSTRING (0 0, 1 1, 2 0)')).toEqual(['geometry-unsupported', 'CIRCULARSTRING']);
    expect(at('')).toEqual(['geometry-unreadable', 1]);
  });
});
