import { describe, expect, it } from 'vitest';
import type { Palette } from '../palette.ts';
import { resolutionOf } from '../scale.ts';
import { drawClarity } from './clarity-shape.ts';
import { shortName } from './outline.ts';
import { pointLook } from './point-drawing.ts';

describe('pointLook', () => {
  it.each([
    [200_000, 'speck'],
    [90_000, 'dot'],
    [20_000, 'dot'],
    [14_000, 'symbol'],
    [2_500, 'symbol'],
  ])('at 1 : %d draws a %s', (scale, kind) => expect(Object.keys(pointLook(resolutionOf(scale)))).toEqual([kind]));
  it('grows nearer by', () => {
    expect(pointLook(resolutionOf(50_000))).toEqual({ dot: 5 });
    expect(pointLook(resolutionOf(20_000))).toEqual({ dot: 6 });
    expect(pointLook(resolutionOf(2_000))).toEqual({ symbol: 16 });
  });
});

/** Notes what is called on a canvas. */
function recorder() {
  const calls: string[] = [];
  const context = new Proxy({} as CanvasRenderingContext2D, {
    get: (_target, name) => () => calls.push(String(name)),
    set: () => true,
  });
  return { context, calls };
}

describe('drawClarity', () => {
  const clarity = { clear: 'a', partial: 'b', partialEdge: 'c', disputed: 'd', unclear: 'e', out: 'f' };
  const palette = { halo: 'h', clarity } as unknown as Palette;
  const drawn = (level: number, halo = false) => {
    const { context, calls } = recorder();
    drawClarity(context, level, 3, palette, halo);
    return calls.filter((name) => name !== 'beginPath').join(' ');
  };
  it('tells each level by a shape of its own, not by colour alone', () => {
    const shapes = [0, 1, 2, 3, 4].map((level) => drawn(level));
    expect(new Set(shapes).size).toBe(5);
    expect(shapes[0]).toBe('arc fill');
    expect(shapes[3]).toBe('arc stroke');
    expect(shapes[4]).toBe('moveTo lineTo stroke');
  });
  it('puts a halo under it', () => expect(drawn(0, true)).toBe('arc fill arc fill'));
});

describe('shortName', () => {
  it.each([
    ['青龙桥街道', '青龙桥'],
    ['四季青地区', '四季青'],
    ['前屯社区居委会', '前屯'],
    ['街道', '街道'],
  ])('%s is %s', (name, short) => expect(shortName(name)).toBe(short));
});
