import { describe, expect, it } from 'vitest';
import { lattice, withBench } from '../testing.ts';
import { GARBLED, gbk } from './testing.ts';

describe('staging a delivery again in another encoding', () => {
  it('keeps the datum shift its coordinates were brought in with', async () => {
    await withBench(async (bench) => {
      const [plan] = GARBLED.plans;
      const datum = { method: 'planar' as const, dx: 37.5, dy: -12.25 };
      const plans = plan === undefined ? [] : [{ ...plan, datum }];
      const batch = await bench.stage([bench.put('井盖.csv', gbk(lattice(6)))], { ...GARBLED, plans });
      const staged = bench.rows(batch, 'new').map(({ at }) => at);
      const [bare] = bench.rows(await bench.stage([bench.put('2.csv', gbk(lattice(1)))], GARBLED), 'new');
      expect(staged[0]?.map((value, i) => value - (bare?.at?.[i] ?? 0))).toEqual([37.5, -12.25]);

      const { batchId } = await bench.reencode(batch.id, 'GBK');
      const again = bench.rows({ ...batch, id: batchId }, 'new');
      expect(again.map(({ now }) => now['name'])).toEqual(lattice(6).map(() => '供水井盖'));
      expect(again.map(({ at }) => at)).toEqual(staged);
    });
  });
});
