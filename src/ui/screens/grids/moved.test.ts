import { describe, expect, it } from 'vitest';
import type { TableRow } from '../../../api/component.ts';
import { nearEdge } from './moved.ts';

const row = (accuracy: string | null): TableRow => ({ id: 1, cells: { accuracy }, names: {}, severity: null });

describe('a moved component is to be looked at', () => {
  it('when the edge is nearer than its accuracy', () => {
    expect(nearEdge({ row: row('C'), toEdge: 9.9 })).toBe(true);
    expect(nearEdge({ row: row('A'), toEdge: 0.4 })).toBe(true);
  });
  it('but not when the edge is farther, or nothing is known', () => {
    expect(nearEdge({ row: row('C'), toEdge: 10 })).toBe(false);
    expect(nearEdge({ row: row('A'), toEdge: 0.6 })).toBe(false);
    expect(nearEdge({ row: row(null), toEdge: 0 })).toBe(false);
    expect(nearEdge({ row: row('B'), toEdge: null })).toBe(false);
    expect(nearEdge({ row: null, toEdge: 0 })).toBe(false);
  });
});
