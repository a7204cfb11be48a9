import { CLARITIES } from '../../model/component.ts';
import type { Filter } from '../../model/filter.ts';
import type { CountGroup, ReportSource, SheetColumn, SheetRow } from '../report.ts';

const column = (key: string, zh: string, en: string, kind: SheetColumn['kind']): SheetColumn => ({ key, zh, en, kind });

/** Figures every count sheet carries, in one order: components, in service, the four parts of clarity, the rate. */
export const COUNT_COLUMNS: readonly SheetColumn[] = [
  column('components', '部件总数', 'Components', 'integer'),
  column('inService', '在用', 'In service', 'integer'),
  column('clear', '明晰', 'Clear', 'integer'),
  column('partial', '部分明晰', 'Partial', 'integer'),
  column('disputed', '有争议', 'Disputed', 'integer'),
  column('unclear', '不明', 'Unclear', 'integer'),
  column('clarityRate', '明晰率', 'Clarity rate', 'percent'),
];

export function countCells(group: Omit<CountGroup, 'key' | 'name' | 'nameEn'>): SheetRow['cells'] {
  const { components, inService, clarityRate, byClarity } = group;
  return { components, inService, ...byClarity, clarityRate };
}

/** Doors of a line of counts: each figure leads to its components. */
export function countDoors(source: ReportSource, line: Filter | null): NonNullable<SheetRow['doors']> {
  const both = (more: Filter | null): Filter => {
    const parts = [line, more].filter((part) => part !== null);
    const [first] = parts;
    return source.narrow(parts.length > 1 ? { op: 'and', of: parts } : (first ?? null));
  };
  const serving: Filter = { op: '=', column: 'in_service', value: 1 };
  const doors: NonNullable<SheetRow['doors']> = { components: both(null), inService: both(serving) };
  for (const clarity of CLARITIES) {
    doors[clarity] = both({ op: 'and', of: [serving, { op: '=', column: 'clarity', value: clarity }] });
  }
  return doors;
}

export const textColumn = (key: string, zh: string, en: string): SheetColumn => column(key, zh, en, 'text');
export const codeColumn = (key: string, zh: string, en: string): SheetColumn => column(key, zh, en, 'code');
export const countColumn = (key: string, zh: string, en: string): SheetColumn => column(key, zh, en, 'integer');
export const areaColumn = (key: string, zh: string, en: string): SheetColumn => column(key, zh, en, 'area');
export const dateColumn = (key: string, zh: string, en: string): SheetColumn => column(key, zh, en, 'date');
export const percentColumn = (key: string, zh: string, en: string): SheetColumn => column(key, zh, en, 'percent');
