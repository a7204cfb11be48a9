import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { getBatch, setBatchState } from '../../project/batches/batches.ts';
import { decideRows } from '../../project/batches/decide.ts';
import { undoBatch, undoLatest, undoRevision } from '../../project/undo.ts';
import { pointBlob } from '../../project/testing.ts';
import { code, HERE, lattice, PERSON, register, withBench, type Bench, type Cover } from './testing.ts';

const by = { person: PERSON };
const UNITS = ['海淀区城管委', '北京市自来水集团', '海淀区园林局', '没有登记的单位', ''];

/** A delivery with everything in it: moved, changed, renumbered, blank, repeated, gone. */
const cover = fc.record({
  n: fc.integer({ min: 1, max: 12 }),
  owner: fc.constantFrom(...UNITS),
  state: fc.constantFrom('', '完好', '破损', '废弃'),
  surveyed: fc.constantFrom('', '2024-01-09', '2024年2月9日', '2023-02-29'),
  vendor: fc.constantFrom('', 'V1', 'V2'),
  dx: fc.constantFrom(0, 0.0004, 0.3, 7),
  named: fc.boolean(),
});
const delivery = fc
  .array(cover, { minLength: 1, maxLength: 14 })
  .map((list) =>
    list.map(({ n, dx, named, ...rest }): Cover => ({ ...rest, code: named ? code(n) : '', x: 5 + n * 10 + dx, y: 5 })),
  );

const DATES: Readonly<Record<string, string>> = { '2024-01-09': '2024-01-09', '2024年2月9日': '2024-02-09' };

/** Cells that must stand in the project once a row was accepted: what was said and could be taken; a blank says nothing. */
function expectedCells(row: Cover): Record<string, unknown> {
  const said = { owner_text: row.owner, state: row.state, surveyed_on: DATES[row.surveyed ?? ''], vendor: row.vendor };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined && value !== ''));
}

/** The same cells as the project holds them; null for a code it does not know (renumbered, perhaps: that stays with a person). */
function heldCells(bench: Bench, row: Cover): Record<string, unknown> | null {
  const held = bench.component(row.code);
  if (held === undefined) return null;
  const extra = JSON.parse(String(held['extra'] ?? '{}')) as Record<string, unknown>;
  const cells: Record<string, unknown> = { ...held, vendor: extra['厂家编号'] };
  return Object.fromEntries(Object.keys(expectedCells(row)).map((column) => [column, cells[column]]));
}

async function withTwo(first: Cover[], next: Cover[], work: (bench: Bench, id: number) => void): Promise<void> {
  await withBench(async (bench) => {
    await bench.bringIn('one.csv', register(first), HERE);
    work(bench, (await bench.stage([bench.put('two.csv', register(next))], HERE)).id);
  });
}

const RUNS = { numRuns: 8 };

/** Rows with a code that no other row of the delivery has. */
const told = (rows: Cover[]) =>
  rows.filter(({ code: own }) => own !== '' && rows.filter((row) => row.code === own).length === 1);

describe('whatever is delivered', () => {
  it('refusing all leaves every row as it was, accepting all equals the delivery, undo restores every row', async () => {
    await fc.assert(
      fc.asyncProperty(delivery, delivery, async (first, next) => {
        await withTwo(first, next, (bench, id) => {
          const before = bench.dump();
          const decide = (decision: 'reject' | 'pending') =>
            bench.project.write((db) => decideRows(db, id, {}, decision));
          decide('reject');
          expect(bench.accept(id)).toEqual({ revision: null, rows: 0 });
          expect(bench.dump()).toBe(before);

          decide('pending');
          const { rows } = bench.accept(id);
          const pairs = told(next).map((row) => [heldCells(bench, row), expectedCells(row)] as const);
          const known = pairs.filter(([held]) => held !== null);
          expect(known.map(([held]) => held)).toEqual(known.map(([, wanted]) => wanted));

          const undo = rows > 0 ? undoBatch(bench.project, id, by).revision : null;
          expect(bench.dump()).toBe(before);
          expect(getBatch(bench.project.db, id)?.state).toBe(undo === null ? 'accepted' : 'undone');
        });
      }),
      RUNS,
    );
  });

  it('a second import of what was accepted is the same, through and through', async () => {
    await fc.assert(
      fc.asyncProperty(delivery, async (rows) => {
        const apart = told(rows).map((row, i) => ({ ...row, y: 5 + i * 20 }));
        fc.pre(apart.length > 0);
        await withTwo(apart, apart, (bench, id) => {
          const batch = getBatch(bench.project.db, id);
          expect(batch === null ? null : bench.piles(batch)).toMatchObject({ same: apart.length, new: 0, changed: 0 });
        });
      }),
      RUNS,
    );
  });

  it('discarding leaves every row as it was', async () => {
    await withTwo(lattice(4), lattice(3, 3), (bench, id) => {
      const before = bench.dump();
      bench.project.write((db) => setBatchState(db, id, 'discarded'));
      expect(bench.dump()).toBe(before);
    });
  });
});

describe('accepting', () => {
  const base = lattice(6);
  const noted = base.map((row, i) => ({ ...row, note: `n${i}`, state: '破损' }));

  it('is one revision with its batch and the rows in it', async () => {
    await withTwo([{ code: code(90), x: 95, y: 95 }], base, (bench, id) => {
      const { revision, rows } = bench.accept(id, ['new']);
      expect(rows).toBe(6);
      expect(bench.component(code(3))).toMatchObject({ batch_id: id, source_row: 4, class_code: '01001', grid_id: 1 });
      expect(getBatch(bench.project.db, id)).toMatchObject({ state: 'accepted', revision, acceptedRows: 6 });
    });
  });

  it('hears the word on a row, a column and a cell', async () => {
    await withTwo(base, noted, (bench, id) => {
      const { db } = bench.project;
      const rows = bench.rows(getBatch(db, id)!, 'changed').map((row) => row.id);
      bench.project.write(() => {
        decideRows(db, id, { rows: rows.slice(0, 1) }, 'reject');
        decideRows(db, id, { column: 'state', rows: rows.slice(1, 3) }, 'reject');
        decideRows(db, id, { rows: rows.slice(3, 4) }, 'reject');
        decideRows(db, id, { column: 'note', rows: rows.slice(3, 4) }, 'accept');
        decideRows(db, id, { rows: rows.slice(5) }, 'pending');
      });
      expect(bench.accept(id, ['changed']).rows).toBe(5);
      const cells = base.map((row) => bench.component(row.code)).map((row) => [row?.['note'], row?.['state']]);
      expect(cells).toEqual([
        [null, null],
        ['n1', null],
        ['n2', null],
        ['n3', null],
        ['n4', '破损'],
        ['n5', '破损'],
      ]);
    });
  });

  it('can be done in parts, and is undone as a whole', async () => {
    await withTwo(base, noted, (bench, id) => {
      const { db } = bench.project;
      const before = bench.dump();
      const rows = bench.rows(getBatch(db, id)!, 'changed').map((row) => row.id);
      bench.project.write(() => decideRows(db, id, { rows: rows.slice(0, 2) }, 'accept'));
      expect(bench.accept(id, []).rows).toBe(2);
      const second = bench.accept(id, ['changed']);
      expect(second.rows).toBe(4);
      undoRevision(bench.project, second.revision ?? 0, by);
      expect(getBatch(db, id)?.state).toBe('accepted');
      undoBatch(bench.project, id, by);
      expect(getBatch(db, id)?.state).toBe('undone');
      expect(bench.dump()).toBe(before);
    });
  });

  it('leaves alone what changed after the comparison, and says how much', async () => {
    const moved = noted.map((row) => ({ ...row, x: row.x + 0.2 }));
    await withTwo(base, moved, (bench, id) => {
      bench.project.revise({ command: 'test', ...by }, (tx) => {
        tx.update('component', 1, { note: 'meanwhile' });
        tx.update('component', 2, { geom: pointBlob(15, 6) });
      });
      const before = bench.component(code(2))?.['geom'];
      bench.accept(id, ['changed']);
      expect(bench.component(code(1))).toMatchObject({ note: 'meanwhile', state: '破损' });
      expect(bench.component(code(2))).toMatchObject({ note: 'n1', geom: before });
      const warnings = getBatch(bench.project.db, id)?.warnings.filter((each) => each.code === 'changed-meanwhile');
      expect(warnings?.map(({ data }) => data)).toEqual([
        { column: 'note', count: 1 },
        { column: 'geom', count: 1 },
      ]);
    });
  });

  it('does not take out of service what somebody retired or brought back meanwhile', async () => {
    await withTwo(base, base.slice(1), (bench, id) => {
      bench.project.revise({ command: 'test', ...by }, (tx) => tx.update('component', 1, { state: '破损' }));
      expect(bench.accept(id, ['gone'])).toMatchObject({ revision: null, rows: 0 });
      expect(bench.component(code(1))?.['state']).toBe('破损');
      expect(getBatch(bench.project.db, id)).toMatchObject({ state: 'accepted', revision: null });
    });
  });

  it('taken back after later work keeps that work and names the clashes', async () => {
    await withTwo(base, noted, (bench, id) => {
      bench.accept(id);
      bench.project.revise({ command: 'test', ...by }, (tx) => {
        tx.update('component', 1, { note: 'later' });
        tx.update('component', 2, { address: 'later' });
      });
      const { clashes } = undoBatch(bench.project, id, by);
      expect(clashes.map(({ id: row, column, was, now }) => [row, column, was, now])).toEqual([
        [1, 'note', null, 'later'],
      ]);
      expect(bench.component(code(1))).toMatchObject({ note: 'later', state: null });
      expect(bench.component(code(2))).toMatchObject({ address: 'later', note: null });
    });
  });

  it('refuses a batch that is not staged', async () => {
    await withTwo(base, noted, (bench, id) => {
      bench.project.write((db) => setBatchState(db, id, 'discarded'));
      expect(() => bench.accept(id)).toThrow('is discarded');
      expect(() => bench.accept(99)).toThrow('There is no delivery 99');
    });
  });

  it('of nothing makes no revision, so that a later one is not taken for it', async () => {
    await withTwo(base, base, (bench, id) => {
      expect(bench.accept(id)).toEqual({ revision: null, rows: 0 });
      bench.project.revise({ command: 'test', ...by }, (tx) => tx.update('component', 1, { note: 'x' }));
      undoLatest(bench.project, by);
      expect(getBatch(bench.project.db, id)?.state).toBe('accepted');
    });
  });
});
