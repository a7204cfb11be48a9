import { CAUSE_TITLES, RULE_TITLES, SEVERITY_TITLES } from '../../model/rule-titles.ts';
import type { ReportSource, Sheet, SheetRow } from '../report.ts';
import { COUNT_COLUMNS, countCells, countColumn, countDoors, percentColumn, textColumn } from './columns.ts';

/** What the book is about, as lines of a name and a value: the first page. */
export function coverSheet(source: ReportSource): Sheet {
  const { project, asOf, street } = source;
  const stats = source.stats();
  const line = (zh: string, en: string, value: string | number | null): SheetRow => ({
    cells: { item: `${zh} ${en}`, value },
  });
  const rows = [
    line('区', 'District', project.district),
    ...(street === null ? [] : [line('街道（镇）', 'Street', `${street.name} ${street.code}`)]),
    line('数据截至', 'As of', asOf),
    line('项目', 'Project', project.name),
    line('数据版本', 'Revision', String(project.revision)),
    line('坐标系', 'Coordinate system', project.crs),
    line('分类标准', 'Scheme', project.scheme),
    line('管理部件', 'Components', String(stats.components)),
    line('单元网格', 'Unit grids', String(stats.grids)),
  ];
  return {
    id: 'cover',
    titleZh: '城市部件基础数据册',
    titleEn: 'Base data of components',
    columns: [textColumn('item', '项目', 'Item'), textColumn('value', '内容', 'Value')],
    rows,
    total: rows.length,
  };
}

/** The district in one line, then its major classes. */
export function totalsSheet(source: ReportSource): Sheet {
  const stats = source.stats('major');
  const rows: SheetRow[] = [
    { cells: { name: '全部 All', ...countCells(stats) }, strong: true, doors: countDoors(source, null) },
    ...stats.groups.map((group) => ({
      cells: { name: group.name ?? group.key ?? '（空白） (blank)', ...countCells(group) },
      doors: countDoors(source, { op: 'in', column: 'major_code', values: [group.key] }),
    })),
  ];
  return {
    id: 'totals',
    titleZh: '总表',
    titleEn: 'Totals',
    columns: [textColumn('name', '大类', 'Major class'), ...COUNT_COLUMNS],
    rows,
    total: rows.length,
  };
}

/** Where the rate comes from: its four parts, and what stands in the way of the rest. */
export function claritySheet(source: ReportSource): Sheet {
  const { inService, byClarity, clarityRate } = source.stats();
  const share = (count: number) => (inService === 0 ? null : count / inService);
  const doors = countDoors(source, null);
  const part = (zh: string, key: 'clear' | 'partial' | 'disputed' | 'unclear'): SheetRow => ({
    cells: { item: zh, count: byClarity[key], share: share(byClarity[key]) },
    ...(doors[key] === undefined ? {} : { doors: { count: doors[key] } }),
  });
  const causes = source.causes().map(({ cause, count, filter }): SheetRow => {
    const title = CAUSE_TITLES[cause];
    const item = title === undefined ? cause : `${title.zh} ${title.en}`;
    return { cells: { item, count, share: share(count) }, doors: { count: source.narrow(filter) } };
  });
  const rows: SheetRow[] = [
    { cells: { item: '在用部件 In service', count: inService, share: inService === 0 ? null : 1 }, strong: true },
    part('明晰 Clear', 'clear'),
    part('部分明晰 Partial', 'partial'),
    part('有争议 Disputed', 'disputed'),
    part('不明 Unclear', 'unclear'),
    { cells: { item: '明晰率 Clarity rate', count: null, share: clarityRate }, strong: true },
    {
      cells: {
        item: '未明晰的原因 Why not clear',
        count: inService - byClarity.clear,
        share: share(inService - byClarity.clear),
      },
      strong: true,
    },
    ...causes,
  ];
  const columns = [
    textColumn('item', '项目', 'Item'),
    countColumn('count', '部件数', 'Components'),
    percentColumn('share', '占在用', 'Of in service'),
  ];
  return { id: 'clarity', titleZh: '权责明晰', titleEn: 'Clarity', columns, rows, total: rows.length };
}

/** How many findings of each rule are open and excused. */
export function rulesSheet(source: ReportSource): Sheet {
  const rules = source.rules().filter((rule) => rule.open + rule.excused > 0);
  const rows = rules.map(({ id, severity, open, excused }): SheetRow => {
    const title = RULE_TITLES[id];
    const name = title === undefined ? id : `${title.zh} ${title.en}`;
    return { cells: { severity: SEVERITY_TITLES[severity], rule: name, open, excused } };
  });
  const sum = (key: 'open' | 'excused') => rules.reduce((total, rule) => total + rule[key], 0);
  rows.push({
    cells: { severity: null, rule: '合计 Total', open: sum('open'), excused: sum('excused') },
    strong: true,
  });
  const columns = [
    textColumn('severity', '级别', 'Severity'),
    textColumn('rule', '规则', 'Rule'),
    countColumn('open', '未决', 'Open'),
    countColumn('excused', '例外', 'Excused'),
  ];
  return { id: 'rules', titleZh: '质检汇总', titleEn: 'Checks', columns, rows, total: rows.length };
}
