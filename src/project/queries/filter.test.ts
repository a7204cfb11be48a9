import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inService, type CellValue } from '../../model/component.ts';
import type { Filter } from '../../model/filter.ts';
import { decodeGpkg } from '../../model/geometry/wkb.ts';
import { ORIGIN } from '../testing.ts';
import { unclearCauses } from './causes.ts';
import { componentFacets } from './facets.ts';
import { isNumeric } from './filter.ts';
import type { Reader } from './reader.ts';
import { withDistrict } from '../../../tests/made-up-district.ts';
import { ViewManager } from './views.ts';

interface Plain {
  cells: Record<string, CellValue>;
  at: [number, number] | null;
  rules: string[];
  major: string | null;
  gridCode: string | null;
  units: string[];
  cause: string | null;
}

/** Every component with what the pseudo columns look at, gathered without the code under test. */
function everything(reader: Reader): Plain[] {
  const { db } = reader;
  const causes = new Map<number, string>();
  const views = new ViewManager();
  for (const { cause, filter } of unclearCauses(reader)) {
    for (const id of views.ids(views.open(reader, 'component', filter, []).viewId)) causes.set(id, cause);
  }
  return db
    .prepare<[], Record<string, CellValue | Uint8Array>>('SELECT * FROM component')
    .all()
    .map(({ geom, ...cells }) => {
      const plain = cells as Record<string, CellValue>;
      const shape = geom instanceof Uint8Array ? decodeGpkg(geom).shape : null;
      const one = (sql: string, ...params: CellValue[]): string | null =>
        db
          .prepare<CellValue[], string | null>(sql)
          .pluck()
          .get(...params) ?? null;
      const id = Number(plain['id']);
      return {
        cells: plain,
        at: shape?.type === 'Point' ? shape.coordinates : null,
        rules: db
          .prepare<[number], string>(
            `SELECT rule FROM gewu_finding g JOIN gewu_finding_feature f ON f.finding_id = g.id WHERE feature_id = ? AND phase = 'open'`,
          )
          .pluck()
          .all(id),
        major: one(
          'SELECT major_code FROM component_class WHERE scheme = ? AND code = ?',
          plain['scheme'] ?? null,
          plain['class_code'] ?? null,
        ),
        gridCode: one('SELECT code FROM unit_grid WHERE id = ?', plain['grid_id'] ?? null),
        units: ['supervisor_id', 'owner_id', 'maintainer_id', 'responsible_id'].flatMap((role) =>
          db
            .prepare<[CellValue], { name: string; short_name: string }>(
              'SELECT name, short_name FROM unit WHERE id = ?',
            )
            .all(plain[role] ?? null)
            .flatMap((unit) => [unit.name, unit.short_name]),
        ),
        cause: causes.get(id) ?? null,
      };
    });
}

function valuesOf(row: Plain, column: string): CellValue[] {
  if (column === 'finding') return row.rules.length > 0 ? row.rules : [null];
  if (column === 'major_code') return [row.major];
  if (column === 'grid_code') return [row.gridCode];
  if (column === 'cause') return [row.cause];
  if (column === 'in_service') return [inService(row.cells['state'] as string | null) ? 1 : 0];
  return [row.cells[column] ?? null];
}

const isBlank = (value: CellValue): boolean => value === null || value === '';
const fold = (text: string): string => text.replaceAll(/[A-Z]/gu, (c) => c.toLowerCase());
function like(value: CellValue, pattern: string): boolean {
  if (value === null) return false;
  const source = fold(pattern)
    .replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`)
    .replaceAll('%', '.*')
    .replaceAll('_', '.');
  return new RegExp(`^${source}$`, 'su').test(fold(String(value)));
}

/** The filter as a person reads its documentation, over one row. */
function passes(row: Plain, filter: Filter): boolean {
  if ('column' in filter) return passesCondition(row, filter);
  switch (filter.op) {
    case 'and':
      return filter.of.every((part) => passes(row, part));
    case 'or':
      return filter.of.some((part) => passes(row, part));
    case 'not':
      return !passes(row, filter.of);
    case 'ids':
      return filter.ids.includes(Number(row.cells['id']));
    case 'box': {
      const [a, b, c, d] = filter.bbox;
      return row.at !== null && row.at[0] >= a && row.at[0] <= c && row.at[1] >= b && row.at[1] <= d;
    }
  }
}

function passesCondition(row: Plain, filter: Extract<Filter, { column: string }>): boolean {
  if (filter.column === 'text' && filter.op === '=') {
    const texts = [row.cells['code'], row.cells['name'], row.cells['address'], ...row.units];
    return texts.some((text) => typeof text === 'string' && fold(text).includes(fold(String(filter.value))));
  }
  const values = valuesOf(row, filter.column);
  const numeric = isNumeric('component', filter.column) || filter.column === 'in_service';
  const cast = (value: CellValue): CellValue => (value === null ? null : numeric ? Number(value) : String(value));
  if (filter.op === 'empty') return values.every(isBlank);
  if ('values' in filter) {
    return values.some((value) =>
      filter.values.some((each) => (each === null ? isBlank(value) : value === cast(each))),
    );
  }
  if (filter.op === 'like') return values.some((value) => like(value, filter.value));
  const wanted = cast(filter.value);
  if (filter.op === '=') return values.some((value) => value === wanted);
  if (filter.op === '!=') return !values.includes(wanted);
  return values.some((value) => {
    if (value === null || wanted === null) return false;
    if (filter.op === '<') return value < wanted;
    if (filter.op === '<=') return value <= wanted;
    return filter.op === '>' ? value > wanted : value >= wanted;
  });
}

const samples: Record<string, CellValue[]> = {
  clarity: ['clear', 'partial', 'disputed', 'unclear', null],
  state: ['完好', '移除', null],
  name: ['井盖', '路灯', null],
  phase: ['一期', null],
  class_code: ['01001', '0101', '09999'],
  street_code: ['110108001', null],
  owner_id: [1, 4, null],
  confirmation: ['confirmed', 'disputed'],
  major_code: ['01', '02', null],
  finding: ['unit-unknown', 'date-impossible', null],
  cause: ['no-owner', 'unconfirmed', 'expired-unit', null],
  grid_code: ['110108001001001', null],
};
const column = fc.constantFrom(...Object.keys(samples));
const condition: fc.Arbitrary<Filter> = fc.oneof(
  column.chain((name) =>
    fc.subarray(samples[name] ?? [], { minLength: 1 }).map((values): Filter => ({ op: 'in', column: name, values })),
  ),
  column.chain((name) =>
    fc.record({
      op: fc.constantFrom('=' as const, '!=' as const),
      column: fc.constant(name),
      value: fc.constantFrom(...(samples[name] ?? []).filter((value) => value !== null)),
    }),
  ),
  column.map((name): Filter => ({ op: 'empty', column: name })),
  fc.constantFrom<Filter>(
    { op: '=', column: 'in_service', value: 1 },
    { op: '=', column: 'text', value: '100%_' },
    { op: '=', column: 'text', value: '水务' },
    { op: '=', column: 'text', value: '00005' },
    { op: 'like', column: 'address', value: '%路%' },
    { op: '<', column: 'surveyed_on', value: '2026-01-01' },
    { op: '>=', column: 'source_row', value: '3' },
    { op: 'ids', ids: [1, 5, 9, 120, 121, 9999] },
    { op: 'box', bbox: [ORIGIN[0], ORIGIN[1], ORIGIN[0] + 200, ORIGIN[1] + 150] },
  ),
);
const anyFilter: fc.Arbitrary<Filter> = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 3 },
    condition,
    fc.record({ op: fc.constantFrom('and' as const, 'or' as const), of: fc.array(tie('filter'), { maxLength: 4 }) }),
    fc.record({ op: fc.constant('not' as const), of: tie('filter') }),
  ),
})).filter;

describe('filters, views and facets', () => {
  it('agree with a plain reading of the rows', () => {
    withDistrict(250, ({ reader }) => {
      const rows = everything(reader);
      const views = new ViewManager();
      const facets = ['clarity', 'state', 'name', 'owner_id', 'major_code', 'finding', 'in_service', 'cause'];
      fc.assert(
        fc.property(anyFilter, (filter) => {
          const view = views.open(reader, 'component', filter, []);
          const expected = rows.filter((row) => passes(row, filter)).map((row) => Number(row.cells['id']));
          expect([...views.ids(view.viewId)]).toEqual(expected);
          const counted = componentFacets(reader, views.columns.component, filter, facets);
          for (const facet of facets) {
            expect(new Map(counted[facet]?.map((each) => [each.value, each.count]))).toEqual(
              plainFacet(rows, filter, facet),
            );
          }
        }),
        { numRuns: 120 },
      );
    });
  });

  it('counts a column without the conditions on it alone, and with those that mix it with another', () => {
    withDistrict(120, ({ reader }) => {
      const rows = everything(reader);
      const views = new ViewManager();
      const filter: Filter = {
        op: 'and',
        of: [
          { op: 'in', column: 'state', values: ['完好'] },
          { op: '=', column: 'phase', value: '一期' },
          {
            op: 'or',
            of: [
              { op: 'empty', column: 'state' },
              { op: '!=', column: 'clarity', value: 'clear' },
            ],
          },
        ],
      };
      const { state } = componentFacets(reader, views.columns.component, filter, ['state']);
      expect(new Map(state?.map((each) => [each.value, each.count]))).toEqual(plainFacet(rows, filter, 'state'));
      expect(state?.length).toBeGreaterThan(1);
    });
  });

  it('names the columns it knows when asked for another', () => {
    withDistrict(1, ({ reader }) => {
      const views = new ViewManager();
      const ask = (filter: Filter): unknown => views.open(reader, 'component', filter, []);
      expect(() => ask({ op: '=', column: 'geom', value: 1 })).toThrow(
        expect.objectContaining({ code: 'unknown-column', data: expect.objectContaining({ column: 'geom' }) }),
      );
      expect(() => ask({ op: 'empty', column: `code" OR 1 --` })).toThrow(
        expect.objectContaining({ code: 'unknown-column' }),
      );
      expect(() => ask({ op: 'empty', column: 'constructor' })).toThrow(
        expect.objectContaining({ code: 'unknown-column' }),
      );
      expect(() => ask({ op: '<', column: 'text', value: 'x' })).toThrow(expect.objectContaining({ code: 'input' }));
      let deep: Filter = { op: 'empty', column: 'code' };
      for (let i = 0; i < 500; i++) deep = { op: 'not', of: deep };
      expect(() => ask(deep)).toThrow(expect.objectContaining({ code: 'input' }));
    });
  });

  it('takes 500 parts and thousands of values', () => {
    withDistrict(20, ({ reader }) => {
      const views = new ViewManager();
      const of = Array.from({ length: 500 }, (_, i): Filter => ({ op: '!=', column: 'note', value: `n${i}` }));
      expect(views.open(reader, 'component', { op: 'and', of }, []).shown).toBe(20);
      const values = Array.from({ length: 5000 }, (_, i) => `v${i}`);
      expect(views.open(reader, 'component', { op: 'in', column: 'code', values }, []).shown).toBe(0);
    });
  });
});

function onlyOn(filter: Filter, name: string): boolean {
  if ('column' in filter) return filter.column === name;
  if (filter.op === 'not') return onlyOn(filter.of, name);
  if (filter.op === 'box' || filter.op === 'ids') return false;
  return filter.of.length > 0 && filter.of.every((part) => onlyOn(part, name));
}

function plainFacet(rows: Plain[], filter: Filter, name: string): Map<CellValue, number> {
  const parts = filter.op === 'and' ? filter.of : [filter];
  const others = parts.filter((part) => !onlyOn(part, name));
  const counts = new Map<CellValue, number>();
  for (const row of rows) {
    if (!others.every((part) => passes(row, part))) continue;
    for (const value of valuesOf(row, name)) {
      const key = isBlank(value) ? null : value;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return counts;
}
