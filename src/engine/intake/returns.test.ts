import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { StoredBatch } from '../../project/batches/batches.ts';
import { decideRows } from '../../project/batches/decide.ts';
import { ORIGIN } from '../../project/testing.ts';
import { shapefileFormat, workbookFormat } from '../../formats/index.ts';
import { newBook, readBook, textsOf } from '../../formats/workbook/testing.ts';
import { deliveryFormats } from './in-project.ts';
import { writeReturns } from './returns.ts';
import type { ReturnLanguage } from './returns/words.ts';
import { code, geojson, HERE, lattice, PERSON, register, withBench, type Bench } from './testing.ts';

const DAY = '2026-11-24T09:00:00Z';

async function giveBack(bench: Bench, batch: StoredBatch, language: ReturnLanguage = 'zh') {
  const target = path.join(bench.folder, `returns-${batch.id}.xlsx`);
  const job = {
    store: bench.project.db,
    temp: path.join(bench.folder, '..'),
    formats: deliveryFormats(),
    breathe: () => Promise.resolve(),
    language,
    person: PERSON,
    now: DAY,
  };
  const { rows } = await writeReturns(job, batch, target);
  return { rows, target, book: await readBook(target) };
}

const faulty = () =>
  register([
    ...lattice(3).map((row) => ({ ...row, surveyed: '2024-02-28' })),
    { code: code(3), x: 95, y: 5, note: '=1+2' },
    { code: code(9), x: 5, y: 95, surveyed: '2024-02-31', note: '<script>alert(1)</script>' },
    { code: '', x: Number.NaN, y: Number.NaN, note: '@SUM(A1)' },
  ]);

describe('the return sheet', () => {
  it('has the supplier’s own headings and texts, only the rows at fault, their cells marked and the reason noted', async () => {
    await withBench(async (bench) => {
      const batch = await bench.stage([bench.put('井盖.csv', faulty())], HERE);
      const { rows, book } = await giveBack(bench, batch);
      expect(rows).toBe(4);
      expect(book.worksheets.map(({ name }) => name)).toEqual(['退回说明', '井盖', '退回清单']);
      const sheet = book.getWorksheet('井盖');
      const [head, ...lines] = textsOf(sheet);
      expect(head).toEqual([
        '行号（退回）',
        '原因（退回）',
        ...'部件标识码,部件名称,权属单位名称,部件状态,普查日期,备注,厂家编号,X,Y'.split(','),
      ]);
      expect(lines.map((line) => [line[0], line[1]])).toEqual([
        ['4', '部件标识码：同一标识码在交付中出现多次'],
        ['5', '部件标识码：同一标识码在交付中出现多次'],
        ['6', '普查日期：日期不存在'],
        ['7', '部件标识码：既无标识码也无位置'],
      ]);
      expect(lines.map((line) => line[7])).toEqual(['', '=1+2', '<script>alert(1)</script>', '@SUM(A1)']);
      const bad = sheet?.getCell(4, 7);
      expect([bad?.text, bad?.note, bad?.fill]).toMatchObject(['2024-02-31', '日期不存在', { type: 'pattern' }]);
      expect(sheet?.getCell(3, 8).value).toBe('=1+2');
      expect(sheet?.getCell(2, 9).fill).toMatchObject({ pattern: 'none' });
    });
  });

  it('speaks English where asked', async () => {
    await withBench(async (bench) => {
      const batch = await bench.stage([bench.put('a.csv', faulty())], HERE);
      const { book } = await giveBack(bench, batch, 'en');
      expect(book.worksheets.map(({ name }) => name)).toEqual(['About', 'a', 'List']);
      expect(textsOf(book.getWorksheet('a'))[3]?.[1]).toBe('普查日期: no such date');
    });
  });

  it('has a flat list at its end, with the reasons by code', async () => {
    await withBench(async (bench) => {
      const batch = await bench.stage([bench.put('a.csv', faulty())], HERE);
      const { book } = await giveBack(bench, batch);
      const [head, ...lines] = textsOf(book.getWorksheet('退回清单'));
      expect(head?.[7]).toBe('原因代码 Reason code');
      expect(lines.map((line) => [line[2], line[5], line[7]])).toEqual([
        ['7', '', 'no-code-no-place'],
        ['4', code(3), 'code-twice'],
        ['5', code(3), 'code-twice'],
        ['6', '2024-02-31', 'bad-date'],
      ]);
    });
  });

  it('keeps titles and merged headings of a workbook where they were', async () => {
    await withBench(async (bench) => {
      const file = path.join(bench.folder, '清单.xlsx');
      const made = newBook();
      const sheet = made.addWorksheet('井盖清单');
      sheet.addRow(['海淀区井盖普查清单']);
      sheet.mergeCells('A1:F1');
      sheet.addRow(['部件标识码', '部件名称', '权属信息', null, '位置', null]);
      sheet.addRow([null, null, '权属单位名称', '普查日期', 'X', 'Y']);
      for (const range of ['A2:A3', 'B2:B3', 'C2:D2', 'E2:F2']) sheet.mergeCells(range);
      for (const [i, day] of ['2024-05-01', '2024-13-40', '2024-05-02'].entries())
        sheet.addRow([code(i), '供水井盖', '海淀区城管委', day, String(ORIGIN[0] + 5 + i * 10), String(ORIGIN[1] + 5)]);
      await made.xlsx.writeFile(file);
      const batch = await bench.stage([file], HERE);
      const { book, target } = await giveBack(bench, batch);
      const back = book.getWorksheet('井盖清单');
      const lines = textsOf(back);
      expect(lines[0]?.[2]).toBe('海淀区井盖普查清单');
      expect(back?.model.merges.toSorted()).toEqual(['A2:A3', 'B2:B3', 'C1:H1', 'C2:C3', 'D2:D3', 'E2:F2', 'G2:H2']);
      expect(lines[3]?.slice(0, 6)).toEqual([
        '5',
        '权属信息/普查日期：日期不存在',
        code(1),
        '供水井盖',
        '海淀区城管委',
        '2024-13-40',
      ]);
      const again = await bench.inspect([target]);
      expect(again.tables.map(({ name, fields }) => [name, fields.map((each) => each.name)])).toEqual([
        ['井盖清单', batch.tables[0]?.mapping.map(({ field }) => field)],
      ]);
    });
  });

  it('comes back corrected as an ordinary delivery, read with the mapping saved for the supplier', async () => {
    await withBench(async (bench) => {
      const plans = [{ file: '*', table: '*', crs: 'EPSG:4548', mapping: [{ field: '厂家编号', to: 'material' }] }];
      const batch = await bench.stage([bench.put('井盖.csv', faulty())], { as: 'component', plans, saveMapping: true });
      const { book, target } = await giveBack(bench, batch);
      const sheet = book.getWorksheet('井盖');
      if (sheet === undefined) throw new Error('no sheet');
      sheet.getCell(4, 7).value = '2024-02-29';
      sheet.getCell(4, 9).value = '铸铁';
      sheet.spliceRows(5, 1);
      sheet.spliceRows(3, 1);
      await book.xlsx.writeFile(target);
      const seen = await bench.inspect([target]);
      expect(seen.tables).toHaveLength(1);
      expect(seen.tables[0]).toMatchObject({ name: '井盖', rows: 2, savedMapping: true });
      expect(seen.doubts.map((doubt) => doubt.code)).toContain('return-parts');
      const back = await bench.stage([target], { plans: [{ file: '*', table: '*', crs: 'EPSG:4548' }] });
      bench.accept(back.id);
      expect(bench.component(code(9))).toMatchObject({ surveyed_on: '2024-02-29', material: '铸铁' });
      expect(String(bench.component(code(9))?.['extra'])).not.toContain('退回');
    });
  });

  it('carries the coordinates of a shapefile, so that rows without a code can come back', async () => {
    await withBench(async (bench) => {
      const file = path.join(bench.folder, '01001.shp');
      const fields = ['BSM', 'MC', 'CSRQ'].map((name) => ({ name, title: name, type: 'text' as const, length: 40 }));
      const rows = [
        { values: { BSM: code(1), MC: '供水井盖', CSRQ: '2024-02-31' }, shape: at(5, 5) },
        { values: { BSM: code(2), MC: '供水井盖', CSRQ: '2024-02-01' }, shape: at(15, 5) },
      ];
      const crs = { code: 'EPSG:4548', wkt: '', geographic: false };
      await shapefileFormat.write?.({ name: '01001', geometry: 'point', fields, crs, rows }, file, { encoding: 'gbk' });
      const batch = await bench.stage([file], HERE);
      const { book } = await giveBack(bench, batch);
      const [head, ...lines] = textsOf(book.getWorksheet('01001'));
      expect(head?.slice(2)).toEqual(['BSM', 'MC', 'CSRQ', 'east', 'north']);
      expect(lines).toEqual([
        ['1', 'CSRQ：日期不存在', code(1), '供水井盖', '2024-02-31', String(ORIGIN[0] + 5), String(ORIGIN[1] + 5)],
      ]);
    });
  });

  it('tells two tables of one name apart, and names a sheet as sheets allow', async () => {
    await withBench(async (bench) => {
      const long = '很长的名字'.repeat(9);
      const files = ['a', 'b'].map((folder) => {
        const one = geojson([{ properties: { 标识码: code(1), 普查日期: 'x' }, shape: at(5, 5) }]);
        return bench.put(`${folder}-${long}.geojson`, one);
      });
      const batch = await bench.stage(files, HERE);
      const { book } = await giveBack(bench, batch);
      const names = book.worksheets.map(({ name }) => name);
      expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
      expect(names.every((name) => name.length <= 31)).toBe(true);
      expect(names).toHaveLength(4);
    });
  });

  it('lists what a person refused, whole or in one cell, and leaves out what a person took', async () => {
    await withBench(async (bench) => {
      await bench.bringIn('first.csv', register(lattice(4)), HERE);
      const rows = lattice(3, 2).map((row) => ({ ...row, owner: '海淀区城管委', note: '改' }));
      const batch = await bench.stage(
        [bench.put('second.csv', register([...rows, { code: code(8), x: 5, y: 5.2 }]))],
        HERE,
      );
      const [first, second] = bench.rows(batch, 'changed');
      const [unclear] = bench.rows(batch, 'unclear');
      if (first === undefined || second === undefined || unclear === undefined) throw new Error('rows missing');
      const { db } = bench.project;
      decideRows(db, batch.id, { rows: [first.id] }, 'reject');
      decideRows(db, batch.id, { rows: [second.id], column: 'note' }, 'reject');
      decideRows(db, batch.id, { rows: [unclear.id] }, 'accept');
      const { book } = await giveBack(bench, batch);
      const lines = textsOf(book.getWorksheet('second')).slice(1);
      expect(lines.map((line) => [line[0], line[1]])).toEqual([
        ['2', '数据员退回'],
        ['3', '备注：数据员退回此值'],
      ]);
    });
  });

  it('says so where the original was not kept, and shows the values of the import', async () => {
    await withBench(async (bench) => {
      const batch = await bench.stage([bench.put('a.csv', faulty())], HERE);
      bench.project.db.prepare(`UPDATE gewu_file SET deflated = NULL`).run();
      const { book } = await giveBack(bench, batch);
      const cover = textsOf(book.getWorksheet('退回说明')).flat().join('\n');
      expect(cover).toContain('“a”的原件没有保存或读不出');
      const lines = textsOf(book.getWorksheet('a')).slice(1);
      expect(lines.map((line) => [line[0], line[2], line[6]])).toEqual([
        ['7', '', ''],
        ['4', code(3), '2024-02-28'],
        ['5', code(3), ''],
        ['6', code(9), '2024-02-31'],
      ]);
    });
  });

  it('takes hostile texts as texts: no control characters, no cell longer than a cell', async () => {
    await withBench(async (bench) => {
      const note = `a\u0001b${'长'.repeat(40_000)}`;
      const batch = await bench.stage(
        [bench.put('a.csv', register([{ code: code(1), x: 5, y: 5, surveyed: 'x', note }]))],
        HERE,
      );
      const { book } = await giveBack(bench, batch);
      const cell = book.getWorksheet('a')?.getCell(2, 8).text ?? '';
      expect([cell.length, cell.startsWith('ab长')]).toEqual([32_767, true]);
    });
  });

  it('is known again by its parts only: a list of other headings stays a table', async () => {
    await withBench(async (bench) => {
      const file = path.join(bench.folder, 'x.xlsx');
      const fields = ['行号（退回）', '标识码'].map((name) => ({ name, title: name, type: 'text' as const }));
      const rows = [{ values: { '行号（退回）': '1', 标识码: code(1) }, shape: null }];
      await workbookFormat.write({ name: '表', geometry: 'none', fields, crs: null, rows }, file);
      expect((await bench.inspect([file])).tables[0]?.fields).toHaveLength(2);
    });
  });
});

const at = (x: number, y: number) => ({
  type: 'Point' as const,
  coordinates: [ORIGIN[0] + x, ORIGIN[1] + y] as [number, number],
});
