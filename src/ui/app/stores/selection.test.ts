import { beforeEach, describe, expect, it } from 'vitest';
import { useSelection } from './selection.ts';

const now = () => useSelection.getState();

describe('the one selection', () => {
  beforeEach(() => now().clear());

  it('leads with the first unless told otherwise', () => {
    now().select('component', [4, 7]);
    expect(now().primary).toBe(4);
    now().select('component', [4, 7], { primary: 7 });
    expect(now().primary).toBe(7);
  });

  it('adds and takes away one at a time', () => {
    now().select('component', [4]);
    now().toggle('component', 9);
    expect([...now().set]).toEqual([4, 9]);
    expect(now().primary).toBe(9);
    now().toggle('component', 9);
    expect(now().ids).toEqual([4]);
    expect(now().primary).toBe(4);
  });

  it('leaves another layer behind', () => {
    now().select('component', [4, 5]);
    now().toggle('unit_grid', 2);
    expect(now()).toMatchObject({ layer: 'unit_grid', ids: [2] });
  });

  it('asks the map to come along only when wished and when there is something', () => {
    const asked = now().zoomAsked;
    now().select('component', [4]);
    now().select('component', [], { zoom: true });
    expect(now().zoomAsked).toBe(asked);
    now().select('component', [4], { zoom: true });
    expect(now().zoomAsked).toBe(asked + 1);
  });
});
