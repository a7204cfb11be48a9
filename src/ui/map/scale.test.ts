import { describe, expect, it } from 'vitest';
import { areaText, lengthText, NEAR, resolutionOf, scaleBar, scaleOf } from './scale.ts';

describe('scale', () => {
  it('is a metre a pixel at 1 : 3 780, 96 dots an inch', () => expect(scaleOf(1)).toBeCloseTo(3779.53, 2));
  it('goes there and back', () => expect(scaleOf(resolutionOf(25_000))).toBeCloseTo(25_000, 6));
  it('knows its thresholds from near to far', () => {
    const order = [NEAR.codes, NEAR.grids, NEAR.symbols, NEAR.communities, NEAR.dots];
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  });
});

describe('scaleBar', () => {
  it.each([
    [1, 110, 100],
    [4, 110, 200],
    [5, 110, 500],
    [90, 110, 5000],
    [0.01, 110, 1],
  ])('at %d m a pixel within %d pixels: %d m', (resolution, pixels, metres) => {
    const bar = scaleBar(resolution, pixels);
    expect(bar.metres).toBeCloseTo(metres, 9);
    expect(bar.width).toBeCloseTo(metres / resolution, 6);
    expect(bar.width).toBeLessThanOrEqual(pixels);
    expect(bar.width).toBeGreaterThan(pixels / 2.6);
  });
});

describe('texts', () => {
  it.each([
    [0.25, '25 cm'],
    [3.456, '3.46 m'],
    [56.4, '56 m'],
    [1500, '1.5 km'],
    [12_345, '12.3 km'],
  ])('length %d is %s', (metres, text) => expect(lengthText(metres)).toBe(text));
  it.each([
    [1234.4, '1,234 m²'],
    [1_230_000, '1.23 km²'],
  ])('area %d is %s', (metres, text) => expect(areaText(metres)).toBe(text));
});
