import { describe, expect, it } from 'vitest';
import { differentExtra, mergeExtra } from './extra.ts';
import { convexHull, inHull } from './hull.ts';
import { sameShape, shapeMark, wordsOfMark } from './same-shape.ts';
import { blobOf } from './testing.ts';

const line = (...at: [number, number][]) => blobOf({ type: 'MultiLineString', coordinates: [at] });

describe('shapes', () => {
  it('are the same within a millimetre, vertex by vertex', () => {
    expect(sameShape(line([0, 0], [10, 0]), line([0, 0], [10, 0.0009]))).toBe(true);
    expect(sameShape(line([0, 0], [10, 0]), line([0, 0], [10, 0.002]))).toBe(false);
    expect(sameShape(line([0, 0], [10, 0]), line([0, 0], [5, 0], [10, 0]))).toBe(false);
    const two = blobOf({
      type: 'MultiLineString',
      coordinates: [
        [
          [0, 0],
          [1, 0],
        ],
        [
          [2, 0],
          [3, 0],
        ],
      ],
    });
    const other = blobOf({
      type: 'MultiPoint',
      coordinates: [
        [0, 0],
        [10, 0],
      ],
    });
    expect(sameShape(line([0, 0], [1, 0], [2, 0], [3, 0]), two)).toBe(false);
    expect(sameShape(line([0, 0], [10, 0]), other)).toBe(false);
  });
  it('are marked by words for people and a digest for us', () => {
    const mark = shapeMark(line([0, 0], [10, 0]));
    expect(wordsOfMark(mark)).toBe('10 m');
    expect(mark).not.toBe(shapeMark(line([0, 0], [0, 10])));
    const square = blobOf({
      type: 'MultiPolygon',
      coordinates: [
        [
          [
            [0, 0],
            [10, 0],
            [10, 10],
            [0, 10],
            [0, 0],
          ],
        ],
      ],
    });
    expect(wordsOfMark(shapeMark(square))).toBe('100 m²');
  });
});

describe('fields without a column', () => {
  const used = new Set(['X']);
  const differs = (now: Record<string, string | null>, held: Record<string, string>) =>
    differentExtra(now, JSON.stringify(held), used);

  it.each([
    ['another value', { 厂家: '乙' }, { 厂家: '甲' }, true],
    ['a blank', { 厂家: null }, { 厂家: '甲' }, false],
    ['a field never kept', { 新: '乙' }, { 厂家: '甲' }, false],
    ['a number of the program', { OBJECTID: '8', Shape_Leng: '3' }, { OBJECTID: '7', Shape_Leng: '2' }, false],
    ['a field read for its column', { X: '2' }, { X: '1' }, false],
    ['zeros behind the point', { 高: '2.50' }, { 高: '2.5' }, false],
    ['zeros before a code', { 号: '007' }, { 号: '7' }, true],
    ['digits beyond a double', { 号: '12345678901234567.0' }, { 号: '12345678901234568.0' }, true],
  ])('%s', (_, now, held, outcome) => expect(differs(now, held)).toBe(outcome));

  it('are kept over those kept before, blanks taking nothing away', () => {
    expect(mergeExtra('{"a":"1","b":"2"}', { b: '3', c: ' ', d: null })).toBe('{"a":"1","b":"3"}');
    expect(mergeExtra(null, {})).toBeNull();
    expect(mergeExtra('{"a":"1"}', { a: '1' })).toBe('{"a":"1"}');
  });
});

describe('the hull that stands for the coverage', () => {
  it('holds its points and its border, and nothing else', () => {
    const hull = convexHull([
      [0, 0],
      [10, 0],
      [10, 10],
      [0, 10],
      [5, 5],
      [5, 0],
    ]);
    expect(hull).toHaveLength(4);
    expect(inHull(hull, [5, 0])).toBe(true);
    expect(inHull(hull, [5, 5])).toBe(true);
    expect(inHull(hull, [10.01, 5])).toBe(false);
    expect(
      inHull(
        convexHull([
          [1, 1],
          [1, 1],
        ]),
        [1, 1],
      ),
    ).toBe(true);
    expect(inHull(convexHull([[1, 1]]), [1, 2])).toBe(false);
  });
});
