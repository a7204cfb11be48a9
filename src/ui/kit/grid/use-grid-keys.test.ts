import { describe, expect, it } from 'vitest';
import { cellAfter } from './use-grid-keys.ts';

const grid = { active: { row: 10, column: 3 }, rows: 100, columns: 8, page: 12 };

describe('keys in the table', () => {
  it.each<[string, boolean, number, number]>([
    ['ArrowDown', false, 11, 3],
    ['ArrowUp', false, 9, 3],
    ['ArrowRight', false, 10, 4],
    ['ArrowLeft', true, 10, 0],
    ['PageDown', false, 22, 3],
    ['PageUp', false, 0, 3],
    ['Home', false, 10, 0],
    ['End', false, 10, 7],
    ['Home', true, 0, 0],
    ['End', true, 99, 7],
    ['ArrowDown', true, 99, 3],
  ])('%s, Ctrl %s', (key, ctrl, row, column) => expect(cellAfter(key, ctrl, grid)).toEqual({ row, column }));
  it('stays inside', () => {
    expect(cellAfter('ArrowUp', false, { ...grid, active: { row: 0, column: 0 } })).toEqual({ row: 0, column: 0 });
  });
  it('leaves other keys alone', () => expect(cellAfter('q', false, grid)).toBeNull());
});
