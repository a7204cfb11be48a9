import { describe, expect, it } from 'vitest';
import { decideRows } from '../../project/batches/decide.ts';
import { pointBlob } from '../../project/testing.ts';
import { undoBatch, undoLatest } from '../../project/undo.ts';
import { code, HERE, lattice, PERSON, register, withBench, type Bench, type Cover } from './testing.ts';

const base: Cover[] = lattice(6).map((cover) => ({ ...cover, note: '原', owner: '海淀区城管委' }));
const next = (over: Record<number, Partial<Cover>>): Cover[] => base.map((cover, i) => ({ ...cover, ...over[i + 1] }));

/** A change by hand of the components with these numbers. */
function byHand(bench: Bench, cells: Record<number, Record<string, string | number | Uint8Array>>): number {
  const { revision } = bench.project.revise({ command: 'component.update', person: '王芳' }, (tx) => {
    for (const [n, set] of Object.entries(cells)) tx.update('component', idOf(bench, Number(n)), set);
  });
  return revision ?? 0;
}
const idOf = (bench: Bench, n: number) => Number(bench.component(code(n))?.['id']);
const noteOf = (bench: Bench, n: number) => bench.component(code(n))?.['note'];
const stage = (bench: Bench, covers: Cover[], more: object = {}) =>
  bench.stage([bench.put(`d${Math.random()}.csv`, register(covers))], { ...HERE, ...more });

async function withBase(work: (bench: Bench, revision: number) => Promise<void>): Promise<void> {
  await withBench(async (bench) => {
    const first = await bench.bringIn('one.csv', register(base), HERE);
    await work(bench, first.revision ?? 0);
  });
}

describe('where the version the delivery was made from is known', () => {
  it('what only one side changed is no conflict, what both changed is one and is held back', async () => {
    await withBase(async (bench, revision) => {
      byHand(bench, { 1: { note: '手' }, 2: { note: '手' }, 3: { note: '手' } });
      const delivered = next({ 2: { note: '供' }, 3: { note: '手' }, 4: { note: '供' } });
      const batch = await stage(bench, delivered, { basedOn: { revision } });
      // 1 the supplier did not touch, 3 both changed to the same, 4 only the supplier changed.
      expect(bench.rows(batch, 'changed').map(({ key, reason }) => [key, reason?.code])).toEqual([
        [code(2), 'true-conflict'],
        [code(4), undefined],
      ]);
      expect(bench.rows(batch, 'changed')[0]?.weighed).toMatchObject({ note: { base: '原', person: '王芳' } });
      expect(batch.warnings).toContainEqual(expect.objectContaining({ code: 'true-conflict', data: { rows: 1 } }));
      expect(batch.basedOn).toBe(revision);
      bench.accept(batch.id);
      expect([1, 2, 3, 4].map((n) => noteOf(bench, n))).toEqual(['手', '手', '手', '供']);
      expect(bench.rows(batch, 'changed').map(({ accepted }) => accepted)).toEqual([false, true]);
    });
  });

  it('a day, a moment and an earlier delivery name a version, too; what names none is refused', async () => {
    await withBase(async (bench, revision) => {
      byHand(bench, { 1: { note: '手' } });
      const one = next({ 1: { note: '供' } });
      const [first] = bench.project.db.prepare(`SELECT batch_id FROM gewu_revision WHERE id = ?`).pluck().all(revision);
      expect((await stage(bench, one, { basedOn: { batch: first } })).basedOn).toBe(revision);
      expect((await stage(bench, one, { basedOn: { moment: '2100-01-01' } })).basedOn).toBe(revision + 1);
      expect((await stage(bench, one, { basedOn: { moment: '2000-01-01T08:30' } })).basedOn).toBe(0);
      await expect(stage(bench, one, { basedOn: { moment: '去年' } })).rejects.toMatchObject({ code: 'input' });
      await expect(stage(bench, one, { basedOn: { revision: 99 } })).rejects.toMatchObject({ code: 'not-found' });
      await expect(stage(bench, one, { basedOn: { batch: 99 } })).rejects.toMatchObject({ code: 'not-found' });
    });
  });

  it('a place is weighed like a cell, and a component made since has no older version', async () => {
    await withBase(async (bench, revision) => {
      byHand(bench, { 1: { geom: pointBlob(7, 5) }, 2: { geom: pointBlob(17, 5) } });
      bench.project.revise({ command: 'component.add', person: '王芳' }, (tx) =>
        tx.insert('component', { code: code(9), class_code: '01001', geom: pointBlob(95, 95), note: '手' }),
      );
      const delivered = [...next({ 2: { x: 18 } }), { code: code(9), x: 95, y: 95, note: '供' }];
      const batch = await stage(bench, delivered, { basedOn: { revision } });
      expect(bench.rows(batch, 'changed').map(({ key, reason }) => [key, reason?.code])).toEqual([
        [code(2), 'true-conflict'],
        [code(9), undefined],
      ]);
    });
  });
});

describe('where it is not known', () => {
  it('a value that somebody has changed by hand since is not brought back with the rest', async () => {
    await withBase(async (bench) => {
      const revision = byHand(bench, { 1: { note: '手' }, 2: { note: '手', geom: pointBlob(17, 5) } });
      const batch = await stage(bench, next({ 1: { state: '破损' }, 3: { note: '供' } }));
      const [one, two, three] = bench.rows(batch, 'changed');
      expect(one).toMatchObject({
        reason: { code: 'stale' },
        weighed: { note: { code: 'stale', base: '原', revision } },
      });
      expect(Object.keys(two?.weighed ?? {}).toSorted()).toEqual(['geom', 'note']);
      expect(three?.reason).toBeNull();
      bench.accept(batch.id);
      expect(bench.component(code(1))).toMatchObject({ note: '手', state: '破损' });
      expect(noteOf(bench, 2)).toBe('手');
      expect(noteOf(bench, 3)).toBe('供');
    });
  });

  it('a third value is pointed out and comes in', async () => {
    await withBase(async (bench) => {
      byHand(bench, { 1: { note: '手' } });
      const batch = await stage(bench, next({ 1: { note: '三' } }));
      expect(bench.rows(batch, 'changed')[0]?.reason?.code).toBe('edited-since');
      bench.accept(batch.id);
      expect(noteOf(bench, 1)).toBe('三');
    });
  });

  it('what other deliveries changed, and what was taken back, is nothing by hand', async () => {
    await withBase(async (bench) => {
      const second = await stage(bench, next({ 1: { note: '二' } }));
      bench.accept(second.id);
      byHand(bench, { 2: { note: '手' } });
      undoLatest(bench.project, { person: PERSON });
      const third = await stage(bench, next({ 2: { note: '三' } }));
      expect(bench.rows(third, 'changed').map(({ reason }) => reason)).toEqual([null, null]);
      undoBatch(bench.project, second.id, { person: PERSON });
      const again = await stage(bench, next({ 1: { note: '二' } }));
      expect(bench.rows(again, 'changed').map(({ reason }) => reason)).toEqual([null]);
    });
  });
});

describe('cells held back', () => {
  it('wait through decisions about piles, and go by decisions about rows, cells or their reason', async () => {
    await withBase(async (bench) => {
      byHand(bench, { 1: { note: '手' }, 2: { note: '手' }, 3: { note: '手' } });
      const batch = await stage(bench, next({ 1: { state: '破损' }, 2: {}, 3: {} }));
      const ids = bench.rows(batch, 'changed').map(({ id }) => id);
      const { db } = bench.project;
      expect(decideRows(db, batch.id, { pile: 'changed' }, 'accept')).toBe(1);
      expect(bench.accept(batch.id, []).rows).toBe(1);
      expect(bench.component(code(1))).toMatchObject({ note: '手', state: '破损' });
      // The rest of the first row, one cell of the second, the third by its reason.
      expect(decideRows(db, batch.id, { rows: ids.slice(0, 1) }, 'accept')).toBe(1);
      expect(decideRows(db, batch.id, { rows: ids.slice(1, 2), column: 'note' }, 'accept')).toBe(1);
      expect(bench.accept(batch.id, []).rows).toBe(2);
      expect([1, 2, 3].map((n) => noteOf(bench, n))).toEqual(['原', '原', '手']);
      expect(decideRows(db, batch.id, { reason: 'stale' }, 'accept')).toBe(1);
      expect(bench.accept(batch.id, []).rows).toBe(1);
      expect(noteOf(bench, 3)).toBe('原');
      undoBatch(bench.project, batch.id, { person: PERSON });
      expect([1, 2, 3].map((n) => noteOf(bench, n))).toEqual(['手', '手', '手']);
      expect(bench.component(code(1))?.['state']).toBeNull();
    });
  });

  it('are refused with their pile, and wait again when that is taken back', async () => {
    await withBase(async (bench) => {
      byHand(bench, { 1: { note: '手' } });
      const batch = await stage(bench, base);
      const { db } = bench.project;
      decideRows(db, batch.id, { pile: 'changed' }, 'reject');
      expect(bench.rows(batch, 'changed')[0]).toMatchObject({ decision: 'reject', cellDecisions: {} });
      decideRows(db, batch.id, { pile: 'changed' }, 'pending');
      expect(bench.rows(batch, 'changed')[0]?.cellDecisions).toEqual({ note: 'hold' });
      expect(bench.accept(batch.id).rows).toBe(0);
    });
  });
});
