import type { CountGroup, ReportSource, Sheet, SheetColumn, SheetRow } from '../report.ts';
import { COUNT_COLUMNS, codeColumn, countCells, countDoors, textColumn } from './columns.ts';

interface GroupSheet {
  id: 'by-street' | 'by-class' | 'by-unit' | 'by-phase';
  by: 'street' | 'class' | 'unit' | 'phase';
  titleZh: string;
  titleEn: string;
  key: SheetColumn | null;
  name: SheetColumn;
  /** Column of the components the key stands for. */
  column: string;
}

const SHEETS: readonly GroupSheet[] = [
  {
    id: 'by-street',
    by: 'street',
    titleZh: '按街道（镇）',
    titleEn: 'By street',
    key: codeColumn('key', '街道（镇）代码', 'Street code'),
    name: textColumn('name', '街道（镇）', 'Street'),
    column: 'street_code',
  },
  {
    id: 'by-class',
    by: 'class',
    titleZh: '按小类',
    titleEn: 'By class',
    key: codeColumn('key', '小类代码', 'Class code'),
    name: textColumn('name', '小类名称', 'Class'),
    column: 'class_code',
  },
  {
    id: 'by-unit',
    by: 'unit',
    titleZh: '按责任单位',
    titleEn: 'By responsible unit',
    key: null,
    name: textColumn('name', '责任单位', 'Responsible unit'),
    column: 'responsible_id',
  },
  {
    id: 'by-phase',
    by: 'phase',
    titleZh: '按普查期次',
    titleEn: 'By phase',
    key: null,
    name: textColumn('name', '普查期次', 'Survey phase'),
    column: 'phase',
  },
];

const BLANK = { zh: '（空白）', en: '(blank)' };

/** One line a group, in the order of the statistics, and the sum under them. */
export function countSheets(source: ReportSource): Sheet[] {
  return SHEETS.map((sheet) => {
    const stats = source.stats(sheet.by);
    const columns = [...(sheet.key === null ? [] : [sheet.key]), sheet.name, ...COUNT_COLUMNS];
    // Units by how much they answer for; streets, classes and phases in their own order.
    const groups = sheet.by === 'unit' ? stats.groups.toSorted((a, b) => b.components - a.components) : stats.groups;
    const rows = groups.map((group) => line(source, sheet, group));
    rows.push({
      cells: { key: null, name: '合计 Total', ...countCells(stats) },
      strong: true,
      doors: countDoors(source, null),
    });
    return { id: sheet.id, titleZh: sheet.titleZh, titleEn: sheet.titleEn, columns, rows, total: rows.length };
  });
}

function line(source: ReportSource, sheet: GroupSheet, group: CountGroup): SheetRow {
  const value = sheet.by === 'unit' && group.key !== null ? Number(group.key) : group.key;
  const name = group.name ?? group.key ?? `${BLANK.zh} ${BLANK.en}`;
  return {
    cells: { key: group.key, name, ...countCells(group) },
    doors: countDoors(source, { op: 'in', column: sheet.column, values: [value] }),
  };
}
