import { date, link, text, type ColumnDef, type TableDef } from './table.ts';

function table(
  name: string,
  description: string,
  columns: ColumnDef[],
  indexed: string[] = [],
  kind: 'attributes' | 'gewu' = 'attributes',
): TableDef {
  return { name, kind, geometry: null, identifier: name, description, columns, indexed, sparse: [] };
}
const whole = (name: string, initial?: number): ColumnDef =>
  initial === undefined ? { name, type: 'INTEGER' } : { name, type: 'INTEGER', initial };
const real = (name: string): ColumnDef => ({ name, type: 'DOUBLE' });

/** Tables other programs see beside the layers. */
export const ATTRIBUTES: readonly TableDef[] = [
  table(
    'unit',
    '单位 · Organisations',
    [
      text('code'),
      text('credit_code'),
      text('name', 'NOT NULL'),
      text('short_name'),
      text('kind'),
      link('parent_id', 'unit'),
      date('valid_from'),
      date('valid_to'),
      text('contact'),
    ],
    ['code', 'credit_code', 'name'],
  ),
  table(
    'unit_alias',
    '单位别名 · Other names of a unit',
    [link('unit_id', 'unit'), text('alias', 'NOT NULL'), date('valid_from'), date('valid_to')],
    ['unit_id', 'alias'],
  ),
  table(
    'component_class',
    '部件分类 · Classes of the schemes in force',
    [
      text('scheme', 'NOT NULL'),
      text('code', 'NOT NULL'),
      text('major_code'),
      text('major_name'),
      text('name'),
      text('name_en'),
      text('geometry'),
      text('accuracy'),
      whole('ownerless', 0),
    ],
    ['code'],
  ),
  table(
    'ownership_evidence',
    '确权依据 · What says who answers for a component',
    [
      link('component_id', 'component'),
      text('role'),
      text('source'),
      link('unit_id', 'unit'),
      date('date'),
      text('document'),
      text('note'),
    ],
    ['component_id', 'unit_id'],
  ),
  table('allocation_rule', '权责规则 · Ordered rules that propose units', [
    whole('position'),
    text('class_pattern'),
    text('area'),
    real('distance'),
    text('role'),
    link('unit_id', 'unit'),
    text('basis'),
    whole('confirms', 0),
    date('valid_from'),
    date('valid_to'),
  ]),
  table('survey_phase', '普查期次 · Phases of the survey and what each covers', [
    text('name'),
    date('started_on'),
    date('ended_on'),
    text('covers'),
    text('note'),
  ]),
  table(
    'change_order',
    '变更单 · Change orders',
    [text('number'), date('date'), text('reason'), text('attachment')],
    ['number'],
  ),
  table(
    'grid_lineage',
    '网格沿革 · Which grid came from which',
    [
      link('parent_id', 'unit_grid'),
      link('child_id', 'unit_grid'),
      text('operation'),
      link('change_order_id', 'change_order'),
      real('area_share'),
    ],
    ['parent_id', 'child_id', 'change_order_id'],
  ),
];

/** Gewu's own tables whose changes are revisions too. */
export const OWN_LOGGED: readonly TableDef[] = [
  table(
    'gewu_exception',
    'Findings excused: reason and expiry',
    [
      text('rule', 'NOT NULL'),
      text('features', 'NOT NULL'),
      { ...text('key', 'NOT NULL'), initial: '' },
      text('reason', 'NOT NULL'),
      date('until'),
      text('person', 'NOT NULL'),
      text('at', 'NOT NULL'),
    ],
    ['rule'],
    'gewu',
  ),
  table(
    'gewu_mapping',
    'Column mappings by header signature',
    [
      text('signature', 'NOT NULL'),
      text('kind'),
      text('name'),
      text('mapping', 'NOT NULL'),
      text('person'),
      text('at'),
    ],
    ['signature'],
    'gewu',
  ),
];
