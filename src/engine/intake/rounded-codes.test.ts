import { describe, expect, it } from 'vitest';
import { isRoundedColumn } from './rounded-codes.ts';
import { code, lattice, register, withBench, HERE } from './testing.ts';

const column = (codes: (string | null)[]) =>
  codes.map((value, i) => ({ row: i + 1, values: { a: value }, shape: null }));
const isRounded = (codes: (string | null)[]) => isRoundedColumn(column(codes), 'a');
const many = (count: number, make: (n: number) => string) => Array.from({ length: count }, (_, i) => make(i + 1));
/** As a spreadsheet keeps it: 15 digits. */
const round = (digits: string) => digits.slice(0, 15).padEnd(digits.length, '0');

describe('a column of rounded codes', () => {
  it('is known by zeros in every one, or by codes that became the same', () => {
    expect(isRounded(many(7, (n) => `11010801010${String(n).padStart(4, '0')}0`))).toBe(true);
    expect(isRounded(many(4, (n) => round(code(n * 100))))).toBe(true);
    expect(isRounded(many(60, (n) => round(code(n))))).toBe(true);
  });
  it('is not seen in codes that end so by themselves', () => {
    expect(isRounded(many(60, (n) => code(n)))).toBe(false);
    expect(isRounded([code(100)])).toBe(false);
    expect(isRounded([code(100), code(200)])).toBe(false);
    expect(isRounded([round(code(1)), code(1), null, 'x'])).toBe(false);
    expect(isRounded(many(60, (n) => `1101080010${String(n).padStart(5, '0')}`))).toBe(false);
  });
  it('identifies nothing: its rows come by place, the delivered text is kept and the column named', async () => {
    await withBench(async (bench) => {
      const rows = register(lattice(12).map((row) => ({ ...row, code: round(row.code) })));
      const batch = await bench.stage([bench.put('a.csv', rows)], HERE);
      expect(bench.piles(batch)).toMatchObject({ new: 12, unclear: 0 });
      const [first] = bench.rows(batch, 'new');
      expect(first).toMatchObject({ key: null, extra: { 部件标识码: '11010801001000000' } });
      expect(batch.warnings.map((warning) => warning.code)).toEqual(
        expect.arrayContaining(['rounded-column', 'rounded-number']),
      );
    });
  });
});
