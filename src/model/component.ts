/** The four roles that answer for a component: 主管部门, 权属单位, 养护单位, 责任单位. */
export const ROLES = ['supervisor', 'owner', 'maintainer', 'responsible'] as const;
export type Role = (typeof ROLES)[number];

export const CONFIRMATIONS = ['unconfirmed', 'confirmed', 'disputed', 'ownerless'] as const;
export type Confirmation = (typeof CONFIRMATIONS)[number];

export const CLARITIES = ['clear', 'partial', 'disputed', 'unclear'] as const;
export type Clarity = (typeof CLARITIES)[number];

/** States named by the standard; the list is open. NULL means in service without a stated state. */
export const KNOWN_STATES = ['完好', '破损', '丢失', '废弃', '移除'] as const;
/** States of a component that no longer serves; everything else, NULL too, is in service. */
export const OUT_OF_SERVICE_STATES = ['移除', '废弃'] as const;

export function inService(state: string | null): boolean {
  return state !== '移除' && state !== '废弃';
}

export type CellValue = string | number | null;

/** text: free text · code: digits kept as text · date: ISO 8601 text · unit: id in `unit` · id: id in another table · choice: one of a list · json: text holding JSON */
export type ColumnKind = 'text' | 'code' | 'date' | 'unit' | 'id' | 'choice' | 'json';

export interface Column {
  name: string;
  kind: ColumnKind;
  zh: string;
  en: string;
  /** A person may change it in table or inspector. */
  editable: boolean;
  /** Recomputed from other columns or the geometry; never logged, never imported. */
  derived?: boolean;
  /** A delivery may fill it. */
  delivered?: boolean;
}

function col(
  name: string,
  kind: ColumnKind,
  zh: string,
  en: string,
  flags: Partial<Pick<Column, 'editable' | 'derived' | 'delivered'>> = {},
): Column {
  return { name, kind, zh, en, editable: false, ...flags };
}
const edit = { editable: true, delivered: true };
const came = { delivered: true };
const derived = { derived: true };

/** Every column of the `component` layer but `id` and `geom`, in the order of the file, with the standard's headings. */
export const COMPONENT_COLUMNS: readonly Column[] = [
  col('code', 'code', '管理部件标识码', 'Component code', came),
  col('scheme', 'text', '分类标准', 'Scheme', came),
  col('class_code', 'code', '小类代码', 'Class code', came),
  col('name', 'text', '管理部件名称', 'Component name', edit),
  col('supervisor_id', 'unit', '主管部门', 'Supervisor', { editable: true }),
  col('owner_id', 'unit', '权属单位', 'Owner', { editable: true }),
  col('maintainer_id', 'unit', '养护单位', 'Maintainer', { editable: true }),
  col('responsible_id', 'unit', '责任单位', 'Responsible unit', { editable: true }),
  col('supervisor_text', 'text', '主管部门名称（普查）', 'Supervisor as surveyed', came),
  col('owner_text', 'text', '权属单位名称（普查）', 'Owner as surveyed', came),
  col('maintainer_text', 'text', '养护单位名称（普查）', 'Maintainer as surveyed', came),
  col('responsible_text', 'text', '责任单位名称（普查）', 'Responsible unit as surveyed', came),
  col('supervisor_code_text', 'code', '主管部门代码（普查）', 'Supervisor code as surveyed', came),
  col('owner_code_text', 'code', '权属单位代码（普查）', 'Owner code as surveyed', came),
  col('maintainer_code_text', 'code', '养护单位代码（普查）', 'Maintainer code as surveyed', came),
  col('responsible_code_text', 'code', '责任单位代码（普查）', 'Responsible unit code as surveyed', came),
  col('confirmation', 'choice', '确权状态', 'Confirmation', edit),
  col('clarity', 'choice', '权责明晰', 'Clarity', derived),
  col('grid_id', 'id', '所在单元网格', 'Unit grid', derived),
  col('street_code', 'code', '所在街道（镇）代码', 'Street code', derived),
  col('community_code', 'code', '所在社区（村）代码', 'Community code', derived),
  col('grid_text', 'code', '所在单元网格标识码（普查）', 'Grid code as surveyed', came),
  col('street_text', 'text', '所在街道（镇）（普查）', 'Street as surveyed', came),
  col('community_text', 'text', '所在社区（村）（普查）', 'Community as surveyed', came),
  col('state', 'choice', '管理部件状态', 'State', edit),
  col('surveyed_on', 'date', '初始日期', 'Surveyed on', edit),
  col('changed_on', 'date', '变更日期', 'Changed on', edit),
  col('data_source', 'text', '数据来源', 'Data source', edit),
  col('accuracy', 'choice', '定位精度', 'Accuracy', edit),
  col('address', 'text', '位置', 'Address', edit),
  col('position_note', 'text', '位置描述', 'Position note', edit),
  col('material', 'text', '材质', 'Material', edit),
  col('specification', 'text', '规格', 'Specification', edit),
  col('photo', 'text', '照片', 'Photo', edit),
  col('surveyor', 'text', '普查单位', 'Surveyor', edit),
  col('phase', 'text', '普查期次', 'Survey phase', edit),
  col('note', 'text', '备注', 'Note', edit),
  col('replaces_id', 'id', '承接部件', 'Replaces'),
  col('batch_id', 'id', '批次', 'Batch'),
  col('source_row', 'id', '来源行', 'Source row'),
  col('extra', 'json', '附加属性', 'Extra attributes'),
];

/** Every column of `unit_grid` but `id` and `geom`. */
export const UNIT_GRID_COLUMNS: readonly Column[] = [
  col('code', 'code', '单元网格标识码', 'Grid code', came),
  col('name', 'text', '网格名称', 'Grid name', edit),
  col('street_code', 'code', '所在街道（镇）代码', 'Street code', derived),
  col('community_code', 'code', '所在社区（村）代码', 'Community code', came),
  col('land_use', 'text', '用地类别', 'Land use', edit),
  col('level', 'text', '管理等级', 'Level', edit),
  col('responsible_id', 'unit', '管理责任主体', 'Responsible body', { editable: true }),
  col('area_m2', 'text', '面积（m²）', 'Area (m²)', derived),
  col('started_on', 'date', '初始日期', 'Started on', edit),
  col('ended_on', 'date', '终止日期', 'Ended on', came),
  col('status', 'choice', '状态', 'Status'),
  col('note', 'text', '备注', 'Note', edit),
];

export type LayerName = 'component' | 'unit_grid' | 'street' | 'community';
