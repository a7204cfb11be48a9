import type { WriteField } from '../../formats/format.ts';
import type { CellValue, LayerName } from '../../model/component.ts';
import type { ExportRow } from '../../project/export-rows.ts';

/** A field of an export: how it is named and what it says of a feature. */
export interface ExportField extends WriteField {
  value(row: ExportRow): CellValue;
}
export type Profile = '2026' | '2013';

type Names = readonly [field2026: string, field2013: string | null];

function column(
  name: string,
  [field]: Names,
  title: string,
  length: number,
  type: WriteField['type'] = 'text',
): ExportField {
  return { name: field, title, type, length, value: (row) => row.cells[name] ?? null };
}
function named(name: string, [field]: Names, title: string, length: number): ExportField {
  return { name: field, title, type: 'text', length, value: (row) => row.names[name] ?? null };
}
/** A role by the registered unit, or as surveyed where no unit is known. */
function role(name: string, names: Names, title: string): ExportField {
  return {
    ...named(`${name}_name`, names, title, 100),
    value: (row) => row.names[`${name}_name`] ?? row.cells[`${name}_text`] ?? null,
  };
}
function roleCode(name: string, names: Names, title: string): ExportField {
  return {
    ...named(`${name}_code`, names, title, 18),
    value: (row) => row.names[`${name}_code`] ?? row.cells[`${name}_code_text`] ?? null,
  };
}

/** The 18 fields of GB/T 47678.5-2026 in its order, and the 14 of GB/T 30428.2-2013 among them; see resources/catalogue/component-attributes.json. */
const STANDARD: readonly (readonly [Names, (names: Names) => ExportField])[] = [
  [['GLBJBSM', 'ObjID'], (n) => column('code', n, '管理部件标识码', 17)],
  [['GLBJMC', 'ObjName'], (n) => column('name', n, '管理部件名称', 30)],
  [['ZGBMDM', 'DeptCode1'], (n) => roleCode('supervisor', n, '主管部门代码')],
  [['ZGBMMC', 'DeptName1'], (n) => role('supervisor', n, '主管部门名称')],
  [['QSDWDM', 'DeptCode2'], (n) => roleCode('owner', n, '权属单位代码')],
  [['QSDWMC', 'DeptName2'], (n) => role('owner', n, '权属单位名称')],
  [['YHDWDM', 'DeptCode3'], (n) => roleCode('maintainer', n, '养护单位代码')],
  [['YHDWMC', 'DeptName3'], (n) => role('maintainer', n, '养护单位名称')],
  [['SZDYWGBSM', 'BGID'], (n) => named('grid_code', n, '所在单元网格标识码', 15)],
  [['GLBJZT', 'ObjState'], (n) => column('state', n, '管理部件状态', 10)],
  [['CSRQ', 'ORDate'], (n) => column('surveyed_on', n, '初始日期', 8, 'date')],
  [['BGRQ', 'CHDate'], (n) => column('changed_on', n, '变更日期', 8, 'date')],
  [['SJLY', 'DataSource'], (n) => column('data_source', n, '数据来源', 30)],
  [['BZ', 'Note'], (n) => column('note', n, '备注', 254)],
  [['SZJDDM', null], (n) => column('street_code', n, '所在街道（镇、乡）代码', 9)],
  [['SZJDMC', null], (n) => named('street_name', n, '所在街道（镇、乡）名称', 50)],
  [['SZSQDM', null], (n) => column('community_code', n, '所在社区（村）代码', 12)],
  [['SZSQMC', null], (n) => named('community_name', n, '所在社区（村）名称', 50)],
];

/** What Gewu keeps beyond the standard, under names its own import recognises. */
const BEYOND: readonly ExportField[] = [
  column('class_code', ['XLDM', null], '小类代码', 5),
  column('scheme', ['SCHEME', null], '分类标准', 40),
  roleCode('responsible', ['ZRDWDM', null], '责任单位代码'),
  role('responsible', ['ZRDWMC', null], '责任单位名称'),
  column('confirmation', ['QQZT', null], '确权状态', 12),
  column('clarity', ['CLARITY', null], '权责明晰', 10),
  column('accuracy', ['JDDJ', null], '定位精度', 10),
  column('address', ['WZ', null], '位置', 200),
  column('position_note', ['WZMS', null], '位置描述', 200),
  column('material', ['CZ', null], '材质', 60),
  column('specification', ['GG', null], '规格', 60),
  column('photo', ['ZP', null], '照片', 200),
  column('surveyor', ['PCDW', null], '普查单位', 100),
  column('phase', ['PCQC', null], '普查期次', 40),
];
/** Everything delivered that has no column, as one JSON text; a shapefile's 254 bytes could not hold it. */
const EXTRA = column('extra', ['EXTRA', null], '附加属性', 4000);

const GRID: readonly ExportField[] = [
  column('code', ['BGID', null], '单元网格标识码', 15),
  column('name', ['WGMC', null], '网格名称', 60),
  column('street_code', ['JDDM', null], '所在街道（镇）代码', 9),
  named('street_name', ['JDMC', null], '所在街道（镇）名称', 50),
  column('community_code', ['SQDM', null], '所在社区（村）代码', 12),
  named('community_name', ['SQMC', null], '所在社区（村）名称', 50),
  column('land_use', ['YDLB', null], '用地类别', 40),
  column('level', ['GLDJ', null], '管理等级', 20),
  named('responsible_name', ['ZRZT', null], '管理责任主体', 100),
  column('area_m2', ['MJ', null], '面积（m²）', 18, 'real'),
  column('started_on', ['CSRQ', null], '初始日期', 8, 'date'),
  column('ended_on', ['ZZRQ', null], '终止日期', 8, 'date'),
  column('status', ['ZT', null], '状态', 10),
  column('note', ['BZ', null], '备注', 254),
];

function areas(code: string, name: string, what: string): ExportField[] {
  return [
    column('code', [code, null], `${what}代码`, 12),
    column('name', [name, null], `${what}名称`, 60),
    column('aliases', ['ALIASES', null], '别名', 200),
  ];
}

/**
 * Fields of an export. A profile gives a component the standard's own fields and no others; without one it gets everything Gewu keeps,
 * the standard's names first.
 */
export function exportFields(layer: LayerName, format: string, profile: Profile | null): ExportField[] {
  if (layer === 'unit_grid') return [...GRID];
  if (layer === 'street') return areas('JDDM', 'JDMC', '街道');
  if (layer === 'community') return areas('SQDM', 'SQMC', '社区');
  if (profile === '2013') {
    return STANDARD.flatMap(([[, field], make]) => (field === null ? [] : [{ ...make([field, field]), name: field }]));
  }
  const standard = STANDARD.map(([names, make]) => make(names));
  if (profile === '2026') return standard;
  return [...standard, ...BEYOND, ...(format === 'shapefile' ? [] : [EXTRA])];
}
