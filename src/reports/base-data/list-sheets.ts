import { RULE_TITLES, SEVERITY_TITLES } from '../../model/rule-titles.ts';
import type { ReportSource, Sheet, SheetRow } from '../report.ts';
import { areaColumn, codeColumn, countColumn, dateColumn, textColumn } from './columns.ts';

/** Every active grid with its area and how many components stand in it. */
export function gridsSheet(source: ReportSource): Sheet {
  const grids = source.grids();
  const rows = grids.map((grid): SheetRow => ({
    cells: { ...grid },
    doors: { components: source.narrow({ op: '=', column: 'grid_code', value: grid.code }) },
  }));
  const sum = (key: 'areaM2' | 'components') => grids.reduce((total, grid) => total + (grid[key] ?? 0), 0);
  rows.push({ cells: { code: '合计 Total', areaM2: sum('areaM2'), components: sum('components') }, strong: true });
  const columns = [
    codeColumn('code', '单元网格标识码', 'Grid code'),
    textColumn('street', '街道（镇）', 'Street'),
    textColumn('community', '社区（村）', 'Community'),
    areaColumn('areaM2', '面积（m²）', 'Area (m²)'),
    textColumn('landUse', '用地类别', 'Land use'),
    dateColumn('startedOn', '初始日期', 'Started on'),
    countColumn('components', '部件数', 'Components'),
  ];
  return { id: 'grids', titleZh: '单元网格', titleEn: 'Unit grids', columns, rows, total: rows.length };
}

/** Every open finding, gravest first. */
export function findingsSheet(source: ReportSource): Sheet {
  const rows = source.openFindings().map(({ rule, severity, code, place, foundAt, data }): SheetRow => {
    const title = RULE_TITLES[rule];
    const detail = Object.entries(data)
      .filter(([, value]) => value !== null && value !== '')
      .map(([key, value]) => `${key}=${value}`)
      .join('; ');
    const name = title === undefined ? rule : `${title.zh} ${title.en}`;
    return {
      cells: { severity: SEVERITY_TITLES[severity], rule: name, code, place, foundOn: foundAt.slice(0, 10), detail },
    };
  });
  const columns = [
    textColumn('severity', '级别', 'Severity'),
    textColumn('rule', '规则', 'Rule'),
    codeColumn('code', '标识码', 'Code'),
    textColumn('place', '街道（镇）', 'Street'),
    dateColumn('foundOn', '发现日期', 'Found on'),
    textColumn('detail', '详情', 'Detail'),
  ];
  return { id: 'findings', titleZh: '未决问题', titleEn: 'Open findings', columns, rows, total: rows.length };
}
