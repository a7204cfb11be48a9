import { area } from './area.ts';

/** Words for values of the data: what is written in the file stays as it is, a person reads these. */
export const values = area({
  zh: {
    clarity: { clear: '明晰', partial: '部分明晰', disputed: '有争议', unclear: '不明', out: '不在用' },
    severity: { error: '必须处理', warning: '应当核对', info: '建议完善', done: '已核实' },
    confirmation: { unconfirmed: '未确认', confirmed: '已确认', disputed: '有争议', ownerless: '无主' },
    role: { supervisor: '主管部门', owner: '权属单位', maintainer: '养护单位', responsible: '责任单位' },
    roleShort: { supervisor: '主管', owner: '权属', maintainer: '养护', responsible: '责任' },
    layer: { component: '部件', unit_grid: '单元网格', street: '街道（镇）', community: '社区（村）', unit: '单位' },
    state: { 完好: '完好', 破损: '破损', 丢失: '丢失', 废弃: '废弃', 移除: '移除' },
    accuracy: { A: 'A 级，±0.5 m', B: 'B 级，±1 m', C: 'C 级，±10 m' },
    status: { active: '在用', retired: '已注销' },
    major: {
      '01': '市政公用设施',
      '02': '交通设施',
      '03': '市容环卫设施',
      '04': '园林绿化设施',
      '05': '其他管理部件',
    },
    blank: '空白',
  },
  en: {
    clarity: { clear: 'Clear', partial: 'Partial', disputed: 'Disputed', unclear: 'Unclear', out: 'Out of service' },
    severity: { error: 'Must be settled', warning: 'Should be looked at', info: 'Could be better', done: 'Verified' },
    confirmation: {
      unconfirmed: 'Not confirmed',
      confirmed: 'Confirmed',
      disputed: 'Disputed',
      ownerless: 'Ownerless',
    },
    role: { supervisor: 'Supervisor', owner: 'Owner', maintainer: 'Maintainer', responsible: 'Responsible' },
    roleShort: { supervisor: 'supervisor', owner: 'owner', maintainer: 'maintainer', responsible: 'responsible' },
    layer: {
      component: 'Components',
      unit_grid: 'Unit grids',
      street: 'Streets and towns',
      community: 'Communities',
      unit: 'Units',
    },
    state: { 完好: 'Good', 破损: 'Damaged', 丢失: 'Missing', 废弃: 'Abandoned', 移除: 'Removed' },
    accuracy: { A: 'A, ±0.5 m', B: 'B, ±1 m', C: 'C, ±10 m' },
    status: { active: 'Active', retired: 'Retired' },
    major: {
      '01': 'Public utilities',
      '02': 'Traffic',
      '03': 'Sanitation',
      '04': 'Greenery',
      '05': 'Other',
    },
    blank: 'blank',
  },
});
