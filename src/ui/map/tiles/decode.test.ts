import { describe, expect, it } from 'vitest';
import { FLAG_OUTSIDE, TILE_HEADER, TILE_MAGIC, TILE_POINT } from '../../../model/tile.ts';
import { decodeTile } from './decode.ts';

function header(kind: number, count: number, total: number, body: number): DataView {
  const view = new DataView(new ArrayBuffer(TILE_HEADER + body));
  for (const [i, value] of [TILE_MAGIC, kind, count, total].entries()) view.setUint32(i * 4, value, true);
  view.setFloat64(16, 439_000, true);
  view.setFloat64(24, 4_430_000, true);
  return view;
}
const bytesOf = (view: DataView) => new Uint8Array(view.buffer);

describe('decodeTile', () => {
  it('reads points: right and down from the corner become east and north', () => {
    const view = header(1, 1, 9, TILE_POINT);
    view.setUint32(TILE_HEADER, 4_000_000_001, true);
    view.setFloat32(TILE_HEADER + 4, 12.5, true);
    view.setFloat32(TILE_HEADER + 8, 100.25, true);
    for (const [i, value] of [7, 3, FLAG_OUTSIDE].entries()) view.setUint8(TILE_HEADER + 12 + i, value);
    const tile = decodeTile(bytesOf(view));
    expect(tile).toMatchObject({ kind: 'points', count: 1, total: 9 });
    if (tile.kind !== 'points') throw new Error('not points');
    expect([...tile.ids]).toEqual([4_000_000_001]);
    expect([...tile.xy]).toEqual([439_012.5, 4_429_899.75]);
    expect([tile.classes[0], tile.clarity[0], tile.flags[0]]).toEqual([7, 3, FLAG_OUTSIDE]);
  });

  it('reads polygons with their rings, from anywhere in a larger buffer', () => {
    const ring = [0, 0, 10, 0, 10, 10];
    const view = header(2, 1, 1, 12 + 4 + ring.length * 4);
    for (const [i, value] of [5, 0x300, 1, 3].entries()) view.setUint32(TILE_HEADER + i * 4, value, true);
    for (const [i, value] of ring.entries()) view.setFloat32(TILE_HEADER + 16 + i * 4, value, true);
    const shifted = new Uint8Array(view.byteLength + 8);
    shifted.set(bytesOf(view), 8);
    const tile = decodeTile(shifted.subarray(8));
    expect(tile).toEqual({
      kind: 'polygons',
      origin: [439_000, 4_430_000],
      features: [{ id: 5, flags: 0x300, rings: [Float32Array.from(ring)] }],
    });
  });

  it('refuses bytes that are no tile', () => {
    expect(() => decodeTile(new Uint8Array(8))).toThrow('no tile');
    expect(() => decodeTile(new Uint8Array(64))).toThrow('no tile');
  });
  it('refuses a tile cut short', () => {
    expect(() => decodeTile(bytesOf(header(1, 3, 3, TILE_POINT)))).toThrow(RangeError);
  });
});
