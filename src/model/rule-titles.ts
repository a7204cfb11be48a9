import type { Severity } from './finding.ts';

/** What a rule is called where people read it: lists, reports, the command line. Sentences about single findings are the interface's. */
export const RULE_TITLES: Readonly<Record<string, { zh: string; en: string }>> = {
  'component-code-form': { zh: '标识码格式', en: 'Code form' },
  'component-code-unique': { zh: '标识码重复', en: 'Code used twice' },
  'component-code-class': { zh: '标识码与小类不符', en: 'Code and class disagree' },
  'class-known': { zh: '小类不在分类标准内', en: 'Class not in the scheme' },
  'class-name-agrees': { zh: '类别与名称不一致', en: 'Class and name disagree' },
  'mandatory-fields': { zh: '必填项为空', en: 'Mandatory field blank' },
  'unit-resolves': { zh: '单位名称未登记', en: 'Unit not registered' },
  'unit-valid': { zh: '单位已注销仍在用', en: 'Unit no longer valid' },
  'responsibility-complete': { zh: '权责四项不全', en: 'Roles incomplete' },
  'in-one-grid': { zh: '部件不在唯一网格内', en: 'Not in exactly one grid' },
  'outside-district': { zh: '部件在区界之外', en: 'Outside the district' },
  'place-agrees': { zh: '所填网格街道与位置不符', en: 'Stated place and position disagree' },
  'near-duplicate': { zh: '同类部件相距过近', en: 'Same class too near' },
  dates: { zh: '日期有误', en: 'Impossible date' },
  'state-known': { zh: '状态不在标准所列之内', en: 'State not among the standard’s' },
  'value-not-taken': { zh: '交付的值未能入列', en: 'Delivered value not taken' },
  'grid-code-form': { zh: '网格标识码格式', en: 'Grid code form' },
  'grid-gap': { zh: '网格之间有缝隙', en: 'Gap between grids' },
  'grid-overlap': { zh: '网格重叠', en: 'Grids overlap' },
  'grid-t-junction': { zh: '网格边界节点未对齐', en: 'T-junction between grids' },
  'grid-crosses-community': { zh: '网格超出所属社区', en: 'Grid crosses its community' },
};

/** Why components are not clear, by the id of the cause. */
export const CAUSE_TITLES: Readonly<Record<string, { zh: string; en: string }>> = {
  'ownerless-class': { zh: '无主或不明类别', en: 'Ownerless class' },
  ownerless: { zh: '确权为无主', en: 'Found ownerless' },
  disputed: { zh: '依据相互矛盾', en: 'Disputed' },
  'no-owner': { zh: '权属单位为空', en: 'No owner' },
  'unknown-unit': { zh: '单位名称未登记', en: 'Unit not registered' },
  'missing-role': { zh: '其余角色为空', en: 'Another role blank' },
  'expired-unit': { zh: '单位已注销', en: 'Unit no longer valid' },
  unconfirmed: { zh: '四项齐全，尚未确认', en: 'Complete, not confirmed' },
};

/** Both languages in one cell, for lists that are read by either. */
export const SEVERITY_TITLES: Readonly<Record<Severity, string>> = {
  error: '必须处理 Error',
  warning: '应当核对 Warning',
  info: '建议完善 Notice',
};
