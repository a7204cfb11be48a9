import { expect } from 'vitest';
import type { Check } from '../src/checks/check.ts';
import { isRowCheck } from '../src/checks/check.ts';
import type { CheckedComponent, CheckedFault, CheckedGrid, CheckSource } from '../src/model/check-source.ts';
import type { CellValue } from '../src/model/component.ts';
import type { FindingDraft } from '../src/model/finding.ts';

export const SCHEME = 'GB/T 47678.5-2026';
export const TODAY = '2026-11-23';

/** A component nothing is wrong with; `cells` overrule. */
export function component(
  cells: Record<string, CellValue> = {},
  over: Partial<CheckedComponent> = {},
): CheckedComponent {
  return {
    id: 7,
    at: [10, 20],
    untaken: [],
    cells: {
      code: '11010801001000001',
      scheme: SCHEME,
      class_code: '01001',
      name: '供水井盖',
      supervisor_id: 1,
      owner_id: 1,
      maintainer_id: 1,
      responsible_id: 1,
      state: '完好',
      surveyed_on: '2021-05-01',
      grid_id: 3,
      street_code: '110108001',
      community_code: '110108001001',
      ...cells,
    },
    ...over,
  };
}

/** A small district for rules: one class, three units, one street, one grid; whatever a test needs otherwise it says. */
export function sourceDouble(over: Partial<CheckSource> = {}): CheckSource {
  const units = new Map([
    [1, { name: '区水务局', validFrom: null, validTo: null }],
    [2, { name: '区市政管理处', validFrom: null, validTo: '2020-06-30' }],
    [3, { name: '区新局', validFrom: '2027-01-01', validTo: null }],
  ]);
  return {
    today: TODAY,
    district: '110108',
    hasGrids: true,
    class: (scheme, code) => (scheme === SCHEME && code === '01001' ? { name: '供水井盖', accuracy: 'A' } : null),
    unit: (id) => units.get(id) ?? null,
    gridCode: (id) => (id === 3 ? '110108001001003' : null),
    placeName: (layer, code) => places[layer][code] ?? null,
    gridsAt: () => [{ code: '110108001001003', inside: true }],
    insideDistrict: () => true,
    near: () => [],
    sharedCodes: () => [],
    grids: () => [],
    tilingFaults: () => [],
    ...over,
  };
}

const places: Record<'street' | 'community', Record<string, { name: string; aliases: string[] }>> = {
  street: { '110108001': { name: '万寿路街道', aliases: ['万寿路地区'] } },
  community: { '110108001001': { name: '翠微路社区居委会', aliases: [] } },
};

/** What a rule finds on one row, or on everything. */
export function found(rule: Check, row: CheckedComponent | null, source: CheckSource = sourceDouble()): FindingDraft[] {
  if (!isRowCheck(rule)) return [...rule.check(null, source)];
  return row === null ? [] : [...rule.check(row, source)];
}

/** The data of what a row rule finds on a component with these cells, each draft checked for its form. */
export function dataOf(
  rule: Check,
  cells: Record<string, CellValue>,
  over: Partial<CheckedComponent> = {},
  source: CheckSource = sourceDouble(),
): Record<string, CellValue>[] {
  return found(rule, component(cells, over), source).map((draft) => {
    expect(draft.rule).toBe(rule.id);
    expect(draft.features).toEqual([{ layer: 'component', id: 7 }]);
    return draft.data;
  });
}

export function grid(code: string, communityCode: string | null = null): CheckedGrid {
  return { id: 3, code, communityCode };
}

export function fault(kind: CheckedFault['kind'], over: Partial<CheckedFault> = {}): CheckedFault {
  return {
    kind,
    at: [1.26, 2],
    gridIds: [3, 4],
    codes: ['110108001001003', '110108001001004'],
    areaM2: 12.3456,
    area: null,
    ...over,
  };
}
