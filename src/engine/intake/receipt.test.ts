import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readBook, textsOf } from '../../formats/workbook/testing.ts';
import { getBatch } from '../../project/batches/batches.ts';
import { originOf } from '../../project/batches/receipt.ts';
import { decideRows } from '../../project/batches/decide.ts';
import { undoBatch } from '../../project/undo.ts';
import { loadEnvironment } from './environment.ts';
import { receiptOf } from './receipt.ts';
import { writeReceipt } from './receipt-sheets.ts';
import { code, HERE, lattice, PERSON, register, RESOURCES, withBench, type Bench } from './testing.ts';

const { catalogue } = loadEnvironment(RESOURCES, null);

function receiptNow(bench: Bench, id: number) {
  const batch = getBatch(bench.project.db, id);
  if (batch === null) throw new Error(`no batch ${id}`);
  return receiptOf(bench.project.db, batch, catalogue);
}

describe('the receipt', () => {
  it('counts what became of every delivered row, by pile and by table', async () => {
    await withBench(async (bench) => {
      await bench.bringIn('first.csv', register(lattice(4)), HERE);
      const rows = [...lattice(3), { code: code(9), x: 95, y: 95 }, { code: '', x: Number.NaN, y: Number.NaN }];
      const changed = rows.map((row, i) => (i < 2 ? { ...row, note: '改' } : row));
      const batch = await bench.stage([bench.put('second.csv', register(changed))], HERE);
      const [first] = bench.rows(batch, 'changed');
      if (first === undefined) throw new Error('no changed row');
      decideRows(bench.project.db, batch.id, { rows: [first.id] }, 'reject');
      bench.accept(batch.id, ['new', 'changed']);
      const receipt = receiptNow(bench, batch.id);
      expect(receipt.outcome).toEqual({
        new: { rows: 1, broughtIn: 1, refused: 0, open: 0 },
        changed: { rows: 2, broughtIn: 1, refused: 1, open: 0 },
        same: { rows: 1, broughtIn: 0, refused: 0, open: 0 },
        gone: { rows: 1, broughtIn: 0, refused: 0, open: 1 },
        unclear: { rows: 0, broughtIn: 0, refused: 0, open: 0 },
      });
      expect(receipt.unreadable).toEqual([{ code: 'no-code-no-place', count: 1 }]);
      expect(receipt.tables).toMatchObject([
        { file: 'second.csv', table: 'second', rows: 5, encoding: 'UTF-8', crs: 'EPSG:4548', unreadable: 1 },
      ]);
      expect(receipt.tables[0]?.mapping).toContainEqual({ field: '部件标识码', to: 'code' });
      expect(receipt.files).toMatchObject([{ name: 'second.csv', kept: true }]);
      expect(receipt.revisions).toMatchObject([{ person: PERSON, command: 'batch.accept', rows: 2, undoneBy: null }]);
    });
  });

  it('tells that the delivery was taken back, and keeps saying what had come in', async () => {
    await withBench(async (bench) => {
      const batch = await bench.bringIn('a.csv', register(lattice(2)), HERE);
      undoBatch(bench.project, batch.id, { person: PERSON });
      const { revisions, batch: now, outcome } = receiptNow(bench, batch.id);
      expect(now.state).toBe('undone');
      expect(revisions.map(({ command, undoneBy }) => [command, undoneBy !== null])).toEqual([
        ['batch.accept', true],
        ['history.undo', false],
      ]);
      expect(outcome.new.broughtIn).toBe(2);
    });
  });

  it('is written as a workbook: facts, fields, and every row with what became of it', async () => {
    await withBench(async (bench) => {
      const batch = await bench.bringIn(
        'a.csv',
        register([...lattice(2), { code: '', x: Number.NaN, y: Number.NaN }]),
        HERE,
      );
      const target = path.join(bench.folder, 'receipt.xlsx');
      const done = await writeReceipt(bench.project.db, batch, receiptNow(bench, batch.id), 'zh', target);
      expect(done.rows).toBe(3);
      const book = await readBook(target);
      expect(book.worksheets.map(({ name }) => name)).toEqual(['入库回执', '字段对应', '逐行']);
      expect(textsOf(book.worksheets[2]).slice(1)).toEqual([
        ['a.csv', 'a', '4', '', '', '既无标识码也无位置'],
        ['a.csv', 'a', '2', code(1), '新增', '已入库'],
        ['a.csv', 'a', '3', code(2), '新增', '已入库'],
      ]);
    });
  });
});

describe('where a component came from', () => {
  it('is the table whose row brought its code in, though rows of several tables share a number', async () => {
    await withBench(async (bench) => {
      const files = [
        bench.put('01001.csv', register(lattice(2))),
        bench.put('b.csv', register(lattice(2, 21).map((row) => ({ ...row, y: 45 })))),
      ];
      const batch = await bench.stage(files, HERE);
      bench.accept(batch.id);
      const came = [1, 21].map((n) => originOf(bench.project.db, batch.id, 2, code(n)));
      expect(came).toMatchObject([
        { file: '01001.csv', table: '01001', row: 2, person: PERSON },
        { file: 'b.csv', table: 'b', row: 2 },
      ]);
      expect(originOf(bench.project.db, batch.id, 2, 'recoded since')).toMatchObject({ file: null, row: 2 });
    });
  });
});
