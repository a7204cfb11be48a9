import { describe, expect, it } from 'vitest';
import { createFrame } from './frame.ts';

describe('createFrame', () => {
  const frame = createFrame({ origin: [400_000, 4_465_536], size: 65_536 });
  it('divides the square into tiles of 512 pixels', () => {
    expect(frame.resolutions.slice(0, 3)).toEqual([128, 64, 32]);
    expect(frame.extent).toEqual([400_000, 4_400_000, 465_536, 4_465_536]);
  });
  it('counts tiles from the upper left corner, rows downwards', () => {
    expect(frame.tileGrid.getTileCoordForCoordAndZ([400_001, 4_465_535], 3)).toEqual([3, 0, 0]);
    expect(frame.tileGrid.getTileCoordForCoordAndZ([465_535, 4_400_001], 3)).toEqual([3, 7, 7]);
  });
  it('is a plane of its own, in metres', () => {
    expect(frame.projection.getUnits()).toBe('m');
    expect(frame.projection.isGlobal()).toBe(false);
  });
});
