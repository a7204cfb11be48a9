import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import exceljs from 'exceljs';
import { afterAll, describe, expect, it } from 'vitest';
import type { Filter } from '../../model/filter.ts';
import { writeReport, type ReportSource } from '../index.ts';
import { baseData } from './index.ts';

const parts = { clear: 6, partial: 2, disputed: 1, unclear: 1 };
const counts = { components: 12, inService: 10, clear: 6, clarityRate: 0.6, byClarity: parts };
const hostile = '=HYPERLINK("http://x","y")<script>';

function source(): ReportSource {
  return {
    asOf: '2026-11-23',
    street: null,
    project: { name: 'p', district: '海淀区', crs: 'CGCS2000', scheme: 'GB/T 47678.5-2026', revision: 7 },
    narrow: (filter: Filter | null): Filter => filter ?? { op: 'and', of: [] },
    stats: (by) => ({
      ...counts,
      grids: 2,
      streets: 1,
      communities: 1,
      districtAreaM2: 500,
      groups: by === undefined ? [] : [{ key: '110108001', name: hostile, nameEn: null, ...counts }],
    }),
    causes: () => [{ cause: 'no-owner', count: 4, filter: { op: '=', column: 'cause', value: 'no-owner' } }],
    rules: () => [
      { id: 'dates', severity: 'warning', open: 3, excused: 1 },
      { id: 'class-known', severity: 'error', open: 0, excused: 0 },
    ],
    grids: () => [
      {
        code: '110108001001001',
        street: '万寿路街道',
        community: null,
        areaM2: 250.5,
        landUse: null,
        startedOn: '2021-03-01',
        components: 12,
      },
    ],
    openFindings: () => [
      {
        rule: 'dates',
        severity: 'warning',
        code: '11010801001000001',
        layer: 'component',
        place: null,
        foundAt: '2026-11-23T08:00:00+08:00',
        data: { value: '20210230' },
      },
    ],
  };
}

describe('base-data book', () => {
  it('has a sheet for each part, and only rules that found something', () => {
    const sheets = baseData.sheets(source());
    expect(sheets.map((sheet) => sheet.id)).toEqual([
      'cover',
      'totals',
      'by-street',
      'by-class',
      'by-unit',
      'by-phase',
      'clarity',
      'grids',
      'rules',
      'findings',
    ]);
    const rules = sheets.find((sheet) => sheet.id === 'rules');
    expect(rules?.rows.map((row) => row.cells['open'])).toEqual([3, 3]);
  });

  it('gives every figure of components a door to exactly these components', () => {
    const street = baseData.sheets(source()).find((sheet) => sheet.id === 'by-street')?.rows[0];
    expect(Object.keys(street?.doors ?? {}).toSorted()).toEqual([
      'clear',
      'components',
      'disputed',
      'inService',
      'partial',
      'unclear',
    ]);
    expect(street?.doors?.['components']).toEqual({ op: 'in', column: 'street_code', values: ['110108001'] });
  });

  it('is the same for the same data', () => {
    expect(JSON.stringify(baseData.sheets(source()))).toBe(JSON.stringify(baseData.sheets(source())));
  });
});

describe('the workbook of a report', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'gewu-report-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('keeps codes as text, names as text whatever they begin with, numbers as numbers and dates as dates', async () => {
    const file = path.join(folder, 'book.xlsx');
    await writeReport(baseData, source(), 'zh', file);
    const book = new exceljs.Workbook();
    await book.xlsx.readFile(file);
    const street = book.getWorksheet('按街道（镇）');
    expect(street?.getCell('A4').value).toBe('110108001');
    expect(street?.getCell('B4').value).toBe(hostile);
    expect(street?.getCell('C4').value).toBe(12);
    expect(street?.getCell('I4').value).toBe(0.6);
    expect(street?.getCell('I4').numFmt).toBe('0.0%');
    expect(street?.views[0]).toMatchObject({ state: 'frozen', ySplit: 3 });
    expect(street?.pageSetup).toMatchObject({ orientation: 'landscape', fitToWidth: 1, paperSize: 9 });
    const grids = book.getWorksheet('单元网格');
    expect(grids?.getCell('A4').value).toBe('110108001001001');
    expect(grids?.getCell('F4').value).toEqual(new Date('2021-03-01T00:00:00Z'));
  });

  it('speaks the language asked for', async () => {
    const file = path.join(folder, 'en.xlsx');
    await writeReport(baseData, source(), 'en', file);
    const book = new exceljs.Workbook();
    await book.xlsx.readFile(file);
    expect(book.worksheets.map((sheet) => sheet.name)).toContain('By street');
  });
});
