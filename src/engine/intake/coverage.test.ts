import { describe, expect, it } from 'vitest';
import { decideRows } from '../../project/batches/decide.ts';
import type { StoredBatch } from '../../project/batches/batches.ts';
import type { Coverage } from '../../project/batches/coverage.ts';
import { describeCoverage, setCoverage } from './coverage.ts';
import { loadEnvironment } from './environment.ts';
import { code, HERE, lattice, register, RESOURCES, withBench, type Bench, type Cover } from './testing.ts';

const WEST = '110108001';
const EAST = '110108002';
/** Twenty in the western street, two in the eastern one, one outside every grid. */
const base: Cover[] = [
  ...lattice(20),
  { code: code(30), x: 250, y: 50 },
  { code: code(31), x: 350, y: 150 },
  { code: code(32), x: 5000, y: 50 },
];
const gone = (bench: Bench, batch: StoredBatch) => bench.rows(batch, 'gone').map(({ key }) => key);
const speak = (bench: Bench, batch: StoredBatch, coverage: Coverage) =>
  bench.project.write((db) => setCoverage(db, batch, coverage));
const describeIt = (bench: Bench, batch: StoredBatch) =>
  describeCoverage(bench.project.db, batch, loadEnvironment(RESOURCES, null).catalogue);

/** The base in the project, and of the western street all but the first two delivered again. */
async function withDelivery(work: (bench: Bench, batch: StoredBatch) => void, bare = false): Promise<void> {
  await withBench(
    async (bench) => {
      await bench.bringIn('one.csv', register(base), HERE);
      work(bench, await bench.stage([bench.put('two.csv', register(base.slice(2, 20)))], HERE));
    },
    { bare },
  );
}

describe('what a delivery speaks for', () => {
  it('is the streets with a delivered row, until a person says otherwise', async () => {
    await withDelivery((bench, batch) => {
      const { by, streets, hulls } = describeIt(bench, batch);
      expect({ by, hulls }).toEqual({ by: 'delivered', hulls: [] });
      expect(streets.map(({ rings, ...street }) => [street, rings[0]?.length])).toEqual([
        [{ code: WEST, name: '1 街道', delivered: 18, known: 20, missing: 2, covered: true }, 5],
        [{ code: EAST, name: '2 街道', delivered: 0, known: 2, missing: 2, covered: false }, 5],
      ]);
      expect(gone(bench, batch)).toEqual([code(1), code(2)]);
    });
  });

  it.each<[Coverage, string[]]>([
    [{ by: 'streets', codes: [WEST, EAST] }, [code(1), code(2), code(30), code(31)]],
    [{ by: 'streets', codes: [EAST] }, [code(30), code(31)]],
    [{ by: 'communities', codes: [`${EAST}001`] }, [code(30), code(31)]],
    [{ by: 'grids', codes: [`${EAST}001001`] }, [code(30)]],
    [{ by: 'streets', codes: [] }, []],
    [{ by: 'nothing' }, []],
    [{ by: 'delivered' }, [code(1), code(2)]],
  ])('can be said: %o', async (coverage, expected) => {
    await withDelivery((bench, batch) => {
      speak(bench, batch, coverage);
      expect(gone(bench, batch).toSorted((a, b) => (String(a) < String(b) ? -1 : 1))).toEqual(expected);
      expect(describeIt(bench, batch)).toMatchObject({ by: coverage.by });
      expect(bench.piles(batch)).toMatchObject({ same: 18, new: 0, changed: 0, unclear: 0 });
    });
  });

  it('keeps what was decided of rows that stay, and what came in', async () => {
    await withDelivery((bench, batch) => {
      const [first, second] = bench.rows(batch, 'gone');
      const { db } = bench.project;
      decideRows(db, batch.id, { rows: [first?.id ?? 0] }, 'accept');
      bench.accept(batch.id, []);
      decideRows(db, batch.id, { rows: [second?.id ?? 0] }, 'reject');
      speak(bench, batch, { by: 'streets', codes: [WEST, EAST] });
      expect(bench.rows(batch, 'gone').map(({ key, decision }) => [key, decision])).toEqual([
        [code(1), 'accept'],
        [code(2), 'reject'],
        [code(30), 'pending'],
        [code(31), 'pending'],
      ]);
      speak(bench, batch, { by: 'nothing' });
      expect(gone(bench, batch)).toEqual([code(1)]);
      expect(bench.component(code(1))?.['state']).toBe('移除');
    });
  });

  it('is shown as the hull of each class where no street is known', async () => {
    await withDelivery((bench, batch) => {
      const { streets, hulls } = describeIt(bench, batch);
      expect(streets).toEqual([]);
      expect(hulls.map(({ classCode, name, points }) => [classCode, name, points.length > 2])).toEqual([
        ['01001', '供水井盖', true],
      ]);
    }, true);
  });

  it('names places that are there; grids, streets and units speak for what their codes name', async () => {
    await withDelivery((bench, batch) => {
      expect(() => speak(bench, batch, { by: 'streets', codes: ['1'] })).toThrow(/no street 1/u);
      expect(() => speak(bench, { ...batch, kind: 'unit' }, { by: 'nothing' })).toThrow(/brings no components/u);
    });
  });
});
