import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SourceRow } from '../../formats/format.ts';
import type { Shape } from '../../model/geometry/types.ts';
import { SCHEME } from '../../project/testing.ts';
import { loadClasses } from './classes.ts';
import { loadDictionary } from './dictionary.ts';
import { kindOf } from './kinds.ts';
import { RESOURCES } from './testing.ts';
import { createTransform, type TransformPlan } from './transform.ts';

const catalogue = loadClasses(RESOURCES);
const { confirmation } = loadDictionary(RESOURCES);
const plan = (mapping: Record<string, string | null>, over: Partial<TransformPlan> = {}): TransformPlan => ({
  kind: kindOf('component'),
  mapping: Object.entries(mapping).map(([field, to]) => ({ field, to })),
  toProject: ([x, y]) => [x, y],
  scheme: SCHEME,
  classCode: null,
  catalogue,
  confirmation,
  ...over,
});
const row = (values: SourceRow['values'], shape: Shape | null = null, over: Partial<SourceRow> = {}): SourceRow => ({
  row: 7,
  values,
  shape,
  ...over,
});
const point = (x: number, y: number): Shape => ({ type: 'Point', coordinates: [x, y] });
const CODE = '11010801001000001';

describe('nothing delivered is dropped', () => {
  const fields = ['a', 'b', 'c', 'd', 'e', 'f'];
  const targets = ['code', 'name', 'class_code', 'surveyed_on', 'confirmation', 'note', 'x', 'lon', null];
  const value = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('2024-13-45', '1.1E+16', '2024-05-06 13:45', '无主'),
  );

  it('every value that is not blank is in a column or in extra', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...targets), { minLength: 6, maxLength: 6 }),
        fc.array(fc.option(value), { minLength: 6, maxLength: 6 }),
        (to, values) => {
          const mapping = Object.fromEntries(fields.map((field, i) => [field, to[i] ?? null]));
          const delivered = Object.fromEntries(fields.map((field, i) => [field, values[i] ?? null]));
          const out = createTransform(plan(mapping))(row(delivered, point(1, 2)));
          for (const field of fields) {
            const raw = delivered[field] ?? null;
            if (raw === null || raw.trim() === '' || out.extra[field] === raw) continue;
            const column = mapping[field];
            expect(
              column === null || column === undefined ? null : out.now[column],
              `${field} → ${column}`,
            ).not.toBeNull();
          }
        },
      ),
    );
  });

  it('keeps what a column could not take, and says so', () => {
    const map = { 编码: 'code', 日期: 'surveyed_on', 确权: 'confirmation' };
    const out = createTransform(plan(map))(row({ 编码: '1.10108E+16', 日期: '2024-02-30', 确权: '大概' }, point(1, 2)));
    expect(out.now).toMatchObject({ code: null, surveyed_on: null, confirmation: null });
    expect(out.extra).toEqual({ 编码: '1.10108E+16', 日期: '2024-02-30', 确权: '大概' });
    expect(out.faults.map(({ code }) => code)).toEqual(['scientific-code', 'bad-date', 'unknown-choice']);
  });

  it.each(['-', '/', '00000000', "'"])('keeps a mark that stands for nothing: %s', (mark) => {
    const out = createTransform(plan({ a: 'surveyed_on', b: 'code' }))(row({ a: mark, b: "'" }, point(1, 2)));
    expect(out.now).toMatchObject({ surveyed_on: null, code: null });
    expect(out.extra).toMatchObject({ b: "'" });
    expect(Object.values(out.extra)).toContain(mark);
  });

  it('keeps the second of two fields for one column, a time of day, Z and M', () => {
    const out = createTransform(plan({ a: 'note', b: 'note', c: 'surveyed_on' }))(
      row({ a: '甲', b: '乙', c: '2024-05-06 13:45' }, point(1, 2), { z: [3.5], m: [9] }),
    );
    expect(out.now).toMatchObject({ note: '甲', surveyed_on: '2024-05-06' });
    expect(out.extra).toEqual({ b: '乙', c: '2024-05-06 13:45', Z: '3.5', M: '9' });
  });
});

describe('identity', () => {
  it.each([CODE, '1101080101000123', '1234567890123456789', '0000000000000000012'])(
    '%s comes through digit by digit',
    (code) => expect(createTransform(plan({ a: 'code' }))(row({ a: code })).key).toBe(code),
  );

  it('a code that a spreadsheet rounded is no identity', () => {
    const faults = [{ field: 'a', code: 'rounded-number', message: '' }];
    const out = createTransform(plan({ a: 'code' }))(row({ a: '11010801001000000' }, point(1, 2), { faults }));
    expect(out).toMatchObject({ key: null, refusal: null, extra: { a: '11010801001000000' } });
    expect(out.now['code']).toBeNull();
  });

  it('refuses what has neither code nor place, and areas without their own', () => {
    expect(createTransform(plan({ a: 'note' }))(row({ a: 'x' })).refusal?.code).toBe('no-code-no-place');
    const grid = (values: SourceRow['values'], shape: Shape | null) =>
      createTransform(plan({ a: 'code' }, { kind: kindOf('unit-grid') }))(row(values, shape)).refusal?.code;
    expect(grid({ a: null }, null)).toBe('no-code');
    expect(grid({ a: '110108001001001' }, point(1, 2))).toBe('no-geometry');
    const unit = createTransform(plan({ a: 'name' }, { kind: kindOf('unit') }));
    expect(unit(row({ a: ' ' })).refusal?.code).toBe('no-name');
  });
});

describe('class and scheme of a row', () => {
  it('comes from its own column, its code, its name, the table: in this order', () => {
    const to = { c: 'code', k: 'class_code', n: 'name' };
    const make = (values: SourceRow['values'], classCode: string | null = null) =>
      createTransform(plan(to, { classCode }))(row(values, point(1, 2)));
    expect(make({ c: CODE, k: '01037', n: null }).classCode).toBe('01037');
    expect(make({ c: CODE, k: null, n: null })).toMatchObject({
      classCode: '01001',
      now: { name: '供水井盖', scheme: SCHEME },
    });
    expect(make({ c: null, k: null, n: '路灯' }).classCode).toBe('01037');
    expect(make({ c: null, k: null, n: null }, '04008').classCode).toBe('04008');
    expect(make({ c: null, k: '绿地护栏', n: null })).toMatchObject({ classCode: '04008', extra: { k: '绿地护栏' } });
  });
});

describe('the place of a row', () => {
  it('is on the lattice, a line at its middle, an area on its surface', () => {
    const make = (shape: Shape) => createTransform(plan({ a: 'code' }))(row({ a: CODE }, shape));
    expect(make(point(1.000049, 2)).at).toEqual([1, 2]);
    const line: Shape = {
      type: 'MultiLineString',
      coordinates: [
        [
          [0, 0],
          [10, 0],
        ],
      ],
    };
    expect(make(line)).toMatchObject({ at: [5, 0], shape: { type: 'MultiLineString' } });
    const area: Shape = {
      type: 'MultiPolygon',
      coordinates: [
        [
          [
            [0, 0],
            [4, 0],
            [4, 4],
            [0, 4],
            [0, 0],
          ],
        ],
      ],
    };
    expect(make(area).shape).toEqual(area);
    expect(make(area).at?.every((value) => value > 0 && value < 4)).toBe(true);
  });

  it('is never made of numbers that are none', () => {
    for (const bad of [NaN, Infinity, -Infinity]) {
      const out = createTransform(plan({ a: 'code' }))(row({ a: CODE }, point(bad, 2)));
      expect(out).toMatchObject({ at: null, shape: null, faults: [{ code: 'bad-coordinates' }] });
    }
  });

  it('reads coordinate columns in the delivered order, through the CRS', () => {
    const swap = plan({ X: 'x', Y: 'y', C: 'code' }, { toProject: ([north, east]) => [east, north] });
    const out = createTransform(swap)(row({ X: '4430000.5', Y: '430000', C: CODE }));
    expect(out).toMatchObject({ at: [430000, 4430000.5], extra: { X: '4430000.5', Y: '430000' } });
  });
});
