import { describe, expect, it } from 'vitest';
import { columnShape } from './survey.ts';

const row = (values: Record<string, string | null>) => ({ row: 1, values, shape: null });
const by = (names: Record<string, string>) => (column: string) => names[column] ?? null;

describe('shapes written in columns', () => {
  it('reads coordinates, east first as their headings say', () => {
    expect(columnShape(row({ E: '441070.81', N: '4428351.9' }), by({ x: 'E', y: 'N' }))).toEqual({
      type: 'Point',
      coordinates: [441070.81, 4428351.9],
    });
  });

  it('reads well-known text, as our own csv and other systems write it', () => {
    const square = 'POLYGON ((0 0, 1 0, 1 1, 0 0))';
    expect(columnShape(row({ WKT: square }), by({ wkt: 'WKT' }))?.type).toBe('MultiPolygon');
  });

  it('has no shape where a coordinate or the text is missing', () => {
    expect(columnShape(row({ E: '1', N: null }), by({ x: 'E', y: 'N' }))).toBe(null);
    expect(columnShape(row({ WKT: null }), by({ wkt: 'WKT' }))).toBe(null);
    expect(columnShape(row({ WKT: 'POLYGON ((0 0, x' }), by({ wkt: 'WKT' }))).toBe(null);
    expect(columnShape(row({}), by({}))).toBe(null);
  });
});
