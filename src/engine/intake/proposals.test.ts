import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decideMapping } from './decide-mapping.ts';
import { loadEnvironment } from './environment.ts';
import { RESOURCES } from './testing.ts';
import { formTests } from './value-forms.ts';

/** What the matcher makes of headings and values, as the import asks it. */
const UNITS = ['北京市自来水集团', '海淀区城管委', '北京市排水集团', '国网北京海淀供电公司'];
const environment = loadEnvironment(RESOURCES, null);
const { dictionary, catalogue } = environment;
const tests = formTests({ ...environment, names: () => ({ ...environment.names(), units: UNITS }) });
const nothingSaid = { mapping: null, derived: null };

const decide = (fields: Record<string, string[]>, placed = true) =>
  decideMapping(
    { dictionary, catalogue, tests, placed },
    'component',
    Object.entries(fields).map(([name, samples]) => ({ name, samples })),
    nothingSaid,
  );
const columns = (fields: Record<string, string[]>, placed = true) =>
  Object.fromEntries(decide(fields, placed).fields.map(({ field, to }) => [field, to]));
const guess = (name: string, ...samples: string[]) => decide({ [name]: samples }).fields[0];

const CODES = ['11010801001000001', '11010801001000002', '11010801037000003'];
const GRIDS = ['110108001001001', '110108001001002', '110108002003004'];
const CREDIT = ['91110000101611784T', '91110000400686395E'];

describe('the attribute tables of the standards and of practice', () => {
  interface Attribute {
    scheme: string;
    field: string;
    nameZh: string;
  }
  const attributes = JSON.parse(
    readFileSync(new URL('catalogue/component-attributes.json', RESOURCES), 'utf8'),
  ) as Attribute[];
  /** Fields that have no column: they stay with the row under their own name. */
  const KEPT = new Set([
    'AtBlindPth',
    'AreaBelong',
    'FlowNumber',
    'researchOwnership',
    'verifyOwnership',
    'caseMaterialOwnership',
    'otherSourceOwnership',
    'elevation',
    'ISEMPHASIS',
    'logOutTime',
    'logOutReason',
    // Half of a class: joined with the minor one.
    'LargeClass',
  ]);

  it.each(attributes.filter(({ field }) => !KEPT.has(field)).map(({ field, nameZh }) => [field, nameZh]))(
    '%s %s is known by its name',
    (field) => {
      expect(guess(field)?.to).not.toBeNull();
    },
  );
  it.each(
    attributes.filter(({ scheme }) => !scheme.startsWith('practice')).map(({ field, nameZh }) => [field, nameZh]),
  )('%s and %s are one column', (field, name) => expect(guess(name)?.to).toBe(guess(field)?.to));
  it('leaves what has no column as it is', () => {
    expect([...KEPT].filter((field) => guess(field)?.to !== null)).toEqual([]);
  });
});

describe('headings as vendors write them', () => {
  it.each([
    ['OBJTYPE', 'class_code'],
    ['OWNERNAME', 'owner_text'],
    ['BGCODE', 'grid_text'],
    ['SetLoc', 'position_note'],
    ['IMGURL', 'photo'],
    ['accuracy_level', 'accuracy'],
    ['survey_unit', 'surveyor'],
    ['t_objid', 'code'],
    ['F_OBJNAME', 'name'],
    ['部件_权属单位', 'owner_text'],
    ['*部件名称', 'name'],
    ['部件名称（必填）', 'name'],
    ['X坐标（m）', 'x'],
    ['定位精度(米)', 'accuracy'],
    ['备注_1', 'note'],
    ['ＯＢＪＩＤ', 'code'],
    ['权属信息/单位名称', 'owner_text'],
    ['养护/单位代码', 'maintainer_code_text'],
    ['主管部门/名称', 'supervisor_text'],
    ['基本信息/部件标识码', 'code'],
    // Ten bytes of a dbf: GBK five characters, UTF-8 three.
    ['所在单元网', 'grid_text'],
    ['管理部件标', 'code'],
    ['管理部件状', 'state'],
    ['accuracy_l', 'accuracy'],
    ['objPositio', 'position_note'],
    // UTF-8 and GBK bytes that were read as Latin letters.
    [Buffer.from('部件名称').toString('latin1'), 'name'],
    ['²¿¼þÃû³Æ', 'name'],
  ])('%s is %s', (heading, column) => expect(guess(heading)?.to).toBe(column));

  it('asks about ten bytes that several names begin with, unless the values tell', () => {
    expect(guess('所在社')?.confidence ?? 1).toBeLessThan(0.8);
    expect(guess('管理部', ...CODES)).toMatchObject({ to: 'code' });
    expect(guess('管理部', '完好', '破损')).toMatchObject({ to: 'state' });
  });
});

describe('values overrule headings', () => {
  it.each([
    ['编号', ['1', '2', '3', '4', '5', '6'], null],
    ['标识码', GRIDS, 'grid_text'],
    ['部件标识码', GRIDS, 'grid_text'],
    ['网格编码', CODES, 'code'],
    ['普查日期', ['完好', '破损', '完好'], 'state'],
    ['部件状态', ['2024-01-02', '2024-01-03'], 'surveyed_on'],
    ['部件名称', CODES, 'code'],
    ['权属单位', CREDIT, 'owner_code_text'],
    ['权属单位代码', ['北京市自来水集团', '海淀区城管委'], 'owner_text'],
    ['养护单位', ['13800138000', '13911112222'], null],
    ['照片', ['IMG_0001.jpg', 'IMG_0002.JPG'], 'photo'],
    ['街道', ['110108001', '110108002'], 'street_code_text'],
  ])('%s with %j goes to %s', (heading, samples, column) => expect(guess(heading, ...samples)?.to).toBe(column));

  it('names what the heading was meant for', () => {
    expect(guess('编号', '1', '2', '3', '4', '5')).toMatchObject({ to: null, why: 'values-contradict', offer: 'code' });
  });
});

describe('values without a heading', () => {
  it.each([
    [CODES, 'code'],
    [['1101080101000001', '1101080137000002'], 'code'],
    [GRIDS, 'grid_text'],
    [['110108001'], 'street_code_text'],
    [['110108001001'], 'community_code_text'],
    [['供水井盖', '路灯'], 'name'],
    [['01001', '01037'], 'class_code'],
    [['完好', '破损', '丢失'], 'state'],
    [['已确权', '有争议'], 'confirmation'],
    [['a.jpg', 'b.png'], 'photo'],
    [['POINT (1 2)'], 'wkt'],
  ])('%j are %s', (samples, column) => {
    const found = guess('F7', ...samples);
    expect(found).toMatchObject({ to: column, why: 'values' });
    expect(found?.confidence).toBeGreaterThanOrEqual(0.8);
  });

  it.each([[UNITS], [CREDIT], [['2024-01-02', '2024年3月5日']]])(
    '%j may be of several columns and are asked about',
    (samples) => {
      const found = guess('F7', ...samples);
      expect(found?.to).not.toBeNull();
      expect(found?.confidence).toBeLessThan(0.8);
    },
  );

  it('neighbours and headings tell the role', () => {
    expect(columns({ 养护单位代码: [], F8: UNITS })).toMatchObject({ F8: 'maintainer_text' });
    expect(columns({ 责任方: UNITS })).toEqual({ 责任方: 'responsible_text' });
    expect(columns({ 主管部门: UNITS, F9: CREDIT })).toMatchObject({ F9: 'supervisor_code_text' });
  });

  it('coordinates are known in pairs, and only where rows have no shape', () => {
    const degrees = { A: ['116.305694', '116.312345'], B: ['40.041667', '40.042222'] };
    expect(columns(degrees, false)).toEqual({ A: 'lon', B: 'lat' });
    expect(columns(degrees, true)).toEqual({ A: null, B: null });
    const dms = { A: ['116°18′20.5″', '116°18′21.0″'], B: ['40°02′30″', '40°02′31″'] };
    expect(columns(dms, false)).toEqual({ A: 'lon', B: 'lat' });
    const metres = { 北: ['4428351.9', '4428352.5'], 东: ['441070.8', '441071.2'] };
    expect(columns(metres, false)).toEqual({ 北: 'y', 东: 'x' });
    expect(columns({ A: ['116.305694', '116.312345'] }, false)).toEqual({ A: null });
  });

  it('leaves alone what only looks like something', () => {
    expect(columns({ 楼层: ['1', '2', '3'], 电话: ['13800138000'], 人数: ['120000', '230000'] })).toEqual({
      楼层: null,
      电话: null,
      人数: null,
    });
  });
});

describe('two fields for one column', () => {
  it('the better one fills it, the other is kept and named', () => {
    const { fields } = decide({ 权属单位: [], OWNERNAME: UNITS });
    expect(fields[1]).toMatchObject({ field: 'OWNERNAME', to: 'owner_text' });
    expect(fields[0]).toMatchObject({ to: null, why: 'another-field-fits-better', offer: 'owner_text' });
  });
});

describe('columns no field holds whole', () => {
  it.each([
    [['01'], ['001', '037'], [2, 3]],
    [
      ['01', '02'],
      ['01', '03'],
      [2, 2],
    ],
  ])('the class in two fields: %j and %j', (large, small, widths) => {
    const { derived, fields } = decide({ LargeClass: large, SmallClass: small });
    expect(derived[0]?.derivation).toEqual({
      to: 'class_code',
      op: 'concat',
      from: ['LargeClass', 'SmallClass'],
      widths,
    });
    expect(fields.map(({ to }) => to)).toEqual([null, null]);
  });

  it('1 and 1 are 0101 as well as 01001, and are not taken on a guess', () => {
    expect(decide({ LargeClass: ['1'], SmallClass: ['1', '3'] }).derived).toEqual([]);
  });

  it('a class written whole beside its major class is taken as it is', () => {
    const { derived, fields } = decide({ LargeClass: ['01'], SmallClass: ['0101', '0103'] });
    expect(derived).toEqual([]);
    expect(fields[1]?.to).toBe('class_code');
  });

  it('both coordinates in one field', () => {
    const place = { 位置坐标: ['116.305694,40.041667', '116.312345,40.042222'] };
    expect(decide(place, false).derived.map(({ derivation }) => [derivation.to, derivation.op])).toEqual([
      ['lon', 'split'],
      ['lat', 'split'],
    ]);
    expect(decide(place, true).derived).toEqual([]);
    const own = { ...place, 经度: ['116.305694'], 纬度: ['40.041667'] };
    expect(decide(own, false).derived).toEqual([]);
  });
});
