import { describe, expect, it } from 'vitest';
import { BEIJING54 } from '../../../tests/known-district.ts';
import { transformer } from '../../model/geometry/crs.ts';
import type { Position } from '../../model/geometry/types.ts';
import { ORIGIN } from '../../project/testing.ts';
import { code, HERE, lattice, register, withBench, type Bench, type Cover } from './testing.ts';

const older = transformer('EPSG:4548', BEIJING54);

/** The same register with its places on Beijing 54. */
function onBeijing54(covers: readonly Cover[]): string {
  return register(
    covers.map((cover) => {
      const [x, y]: Position = older(ORIGIN[0] + cover.x, ORIGIN[1] + cover.y);
      return { ...cover, x: x - ORIGIN[0], y: y - ORIGIN[1] };
    }),
  );
}

const crsOf = async (bench: Bench, content: string) =>
  (await bench.inspect([bench.put('look.csv', content)])).tables[0]?.crs;
const CHOSEN = {
  as: 'component' as const,
  saveMapping: true,
  plans: [{ file: '*', table: '*', crs: 'EPSG:2436', datum: { method: 'known-components' as const } }],
};

describe('the datum shift chosen for a supplier', () => {
  it('serves the next delivery of the form without a question, by the very same parameters', async () => {
    await withBench(async (bench) => {
      await bench.bringIn('base.csv', register(lattice(30)), HERE);
      const first = onBeijing54(lattice(30));
      expect(await crsOf(bench, first)).toMatchObject({ code: 'EPSG:4548' });
      expect((await crsOf(bench, first))?.confidence).toBeLessThan(0.8);
      const batch = await bench.stage([bench.put('first.csv', first)], CHOSEN);
      expect(bench.piles(batch)).toMatchObject({ same: 30, changed: 0 });
      expect(batch.tables[0]).toMatchObject({ crs: 'EPSG:2436', datum: { method: 'planar' } });
      const next = onBeijing54(lattice(60).slice(20));
      expect(await crsOf(bench, next)).toMatchObject({ code: 'EPSG:2436', confidence: 1 });
      const second = await bench.stage([bench.put('second.csv', next)], { as: 'component' });
      expect(bench.piles(second)).toMatchObject({ same: 10, new: 30 });
      expect(second.tables[0]?.datum).toEqual(batch.tables[0]?.datum);
      const strangers = await crsOf(bench, onBeijing54(lattice(70).slice(60)));
      expect(strangers).toMatchObject({ code: 'EPSG:2436', confidence: 1 });
    });
  });

  it('is not used where the known components lie elsewhere by it', async () => {
    await withBench(async (bench) => {
      await bench.bringIn('base.csv', register(lattice(30)), HERE);
      await bench.stage([bench.put('first.csv', onBeijing54(lattice(30)))], CHOSEN);
      const moved = lattice(30).map((cover) => ({ ...cover, x: cover.x + 60 }));
      const found = await crsOf(bench, onBeijing54(moved));
      expect(found?.confidence).toBeLessThan(0.8);
      expect(found?.datum.applied).toBeNull();
    });
  });

  it('is applied again where only the shift was said and the system left to the evidence', async () => {
    await withBench(async (bench) => {
      const beside = (covers: readonly Cover[]) => register(covers.map((cover) => ({ ...cover, x: cover.x + 60 })));
      const datum = {
        method: 'planar' as const,
        dx: -60,
        dy: 0,
        rotation: 0,
        scale: 0,
        origin: ORIGIN,
        from: 'project' as const,
      };
      const first = bench.put('first.csv', beside(lattice(10)));
      const plans = [{ file: '*', table: '*', datum }];
      const batch = await bench.stage([first], { as: 'component', saveMapping: true, plans });
      expect(batch.tables[0]).toMatchObject({ crs: 'EPSG:4548', datum });
      bench.accept(batch.id);
      const next = beside(lattice(25).slice(15));
      expect(await crsOf(bench, next)).toMatchObject({
        code: 'EPSG:4548',
        confidence: 1,
        datum: { applied: { shift: datum } },
      });
      await bench.bringIn('second.csv', next, { as: 'component' });
      const at = bench.project.db
        .prepare(`SELECT ST_MinX(geom) - ? x, ST_MinY(geom) - ? y FROM component WHERE code = ?`)
        .get(...ORIGIN, code(16));
      expect(at).toEqual({ x: 55, y: 15 });
    });
  });
});
