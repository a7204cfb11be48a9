import type { Register } from './district-desk.ts';

type Row = Record<string, string>;

const CODE = '管理部件标识码';
const CLASS = '小类代码';
/** Where a component stands by its point: what a move changes by itself. */
const PLACE = [
  '所在单元网格标识码',
  '所在街道（镇、乡）代码',
  '所在街道（镇、乡）名称',
  '所在社区（村）代码',
  '所在社区（村）名称',
];
/** Classes of lines and areas: a register says nothing of their shape, so nothing is planted on them. */
const SHAPED = new Set(['01070', '02001', '02010', '02017', '04008', '04013']);
const EACH = 125;

const KINDS = ['attribute', 'role', 'moved', 'within', 'new', 'gone', 'renumbered', 'twice'] as const;
type Kind = (typeof KINDS)[number];

export interface Plants {
  delivery: Register;
  /** Codes by kind of change; of `renumbered` and `new` the codes delivered. */
  of: Record<Kind, string[]>;
  /** Of an attribute change, the project's column. */
  column: Map<string, string>;
  /** What an export says, by code, when everything but "can't tell" has been accepted. */
  expected: Map<string, Row>;
  /** Codes nothing was planted on. */
  untouched: string[];
}

/** Other values for one cell, in turn: heading, column, value (a second one for rows that hold the first already). */
const ATTRIBUTES: readonly [heading: string, column: string, value: string, other: string][] = [
  ['备注', 'note', '复测：井盖更换，编号“甲,乙”', '复测'],
  ['管理部件状态', 'state', '破损', '完好'],
  ['材质', 'material', '球墨铸铁', '复合材料'],
  ['初始日期', 'surveyed_on', '2025-03-04', '2025-03-05'],
  ['确权状态', 'confirmation', '有争议', '未确权'],
  ['小类代码', 'class_code', '01037', '01001'],
];

/** Plants 125 changes of each of eight kinds, and as many that are none: blanks, other widths, other habits of dates. */
export function plant(base: Register): Plants {
  const free = isolated(base).values();
  const plants: Plants = {
    delivery: [],
    of: { attribute: [], role: [], moved: [], within: [], new: [], gone: [], renumbered: [], twice: [] },
    column: new Map(),
    expected: new Map(base.map((row) => [row[CODE] ?? '', row])),
    untouched: [],
  };
  const changed = new Map<Row, Row[]>();
  for (const kind of KINDS) {
    for (let i = 0; i < EACH; i++) {
      const row = next(free);
      changed.set(row, plantOne(plants, kind, row, i));
    }
  }
  for (let i = 0; i < 2 * EACH; i++) {
    const row = next(free);
    changed.set(row, [noChange(row, i)]);
  }
  plants.untouched = [...free].map((row) => row[CODE] ?? '');
  plants.delivery = base.flatMap((row) => changed.get(row) ?? [row]);
  return plants;
}

function next(rows: Iterator<Row>): Row {
  const { value, done } = rows.next();
  if (done === true) throw new Error('the sample has too few components that stand alone');
  return value;
}

/** The rows a kind of change makes of one. */
function plantOne(plants: Plants, kind: Kind, row: Row, i: number): Row[] {
  const code = row[CODE] ?? '';
  const unknown = `${code.slice(0, -6)}${900_000 + EACH * KINDS.indexOf(kind) + i}`;
  const note = (made: Row, ...also: Row[]): Row[] => {
    plants.of[kind].push(made[CODE] ?? '');
    return [made, ...also];
  };
  switch (kind) {
    case 'attribute': {
      const [heading, column, value, other] = ATTRIBUTES[i % ATTRIBUTES.length] ?? ['', '', '', ''];
      const made = { ...row, [heading]: row[heading] === value ? other : value };
      plants.column.set(code, column);
      plants.expected.set(code, made);
      return note(made);
    }
    case 'role': {
      // An unregistered name takes no unit away from a confirmed component; a registered one moves it.
      const registered = row['确权状态'] === '已确权';
      const [name, unit] = registered ? otherUnit(row) : [`复测未登记单位${i}`, `L${i}`];
      const made = { ...row, 权属单位名称: name, 权属单位代码: unit };
      plants.expected.set(code, made);
      return note(made);
    }
    case 'moved':
    case 'within': {
      const made = moved(row, kind === 'moved' ? 12.5 : 0.3);
      plants.expected.set(code, without(made, PLACE));
      return note(made);
    }
    case 'new': {
      const made: Row = { ...moved(row, 15), [CODE]: unknown };
      plants.expected.set(unknown, without(made, PLACE));
      note(made);
      return [row, made];
    }
    case 'gone':
      plants.of.gone.push(code);
      plants.expected.set(code, without(row, ['管理部件状态', '变更日期']));
      return [];
    case 'renumbered':
      return note({ ...row, [CODE]: unknown });
    case 'twice':
      return note(row, { ...moved(row, 40), 备注: '第二次' });
  }
}

/** One of two registered units, by name and code: the one that is not the row's owner. */
function otherUnit(row: Row): [string, string] {
  return row['权属单位名称'] === '北京市海淀区水务局'
    ? ['北京市海淀区园林绿化局', '11110108GW0000054G']
    : ['北京市海淀区水务局', '11110108GW0000046M'];
}

/** Written otherwise, or left blank: nothing that changes the project. */
function noChange(row: Row, i: number): Row {
  const wide = (text = '') =>
    text.replaceAll(/[0-9A-Za-z()]/gu, (c) => String.fromCodePoint((c.codePointAt(0) ?? 0) + 0xfee0));
  switch (i % 5) {
    case 0:
      return { ...row, 备注: '', 权属单位名称: '', 位置: ' ', 初始日期: '', 管理部件状态: '' };
    case 1:
      return { ...row, 位置: ` ${wide(row['位置'])}　`, 规格: wide(row['规格']) };
    case 2:
      return { ...row, [CODE]: wide(row[CODE]), 主管部门代码: `${row['主管部门代码']} ` };
    case 3:
      return { ...row, 初始日期: (row['初始日期'] ?? '').replaceAll('-', '/').replaceAll('/0', '/') };
    default:
      return moved(row, 0.0008);
  }
}

function moved(row: Row, metres: number): Row {
  return { ...row, east: String(Math.round((Number(row['east']) + metres) * 10_000) / 10_000) };
}

function without(row: Row, headings: readonly string[]): Row {
  return Object.fromEntries(Object.entries(row).filter(([heading]) => !headings.includes(heading)));
}

/** Components in service with no other of their class within 60 m, so that what is planted on one has one answer only. */
function isolated(base: Register): Row[] {
  const cell = 60;
  const key = (row: Row, dx = 0, dy = 0) =>
    `${row[CLASS]}/${Math.floor(Number(row['east']) / cell) + dx}/${Math.floor(Number(row['north']) / cell) + dy}`;
  const held = new Map<string, number>();
  for (const row of base) held.set(key(row), (held.get(key(row)) ?? 0) + 1);
  const around = [-1, 0, 1].flatMap((dx) => [-1, 0, 1].map((dy) => [dx, dy] as const));
  return base.filter((row) => {
    if (SHAPED.has(row[CLASS] ?? '') || ['移除', '废弃'].includes(row['管理部件状态'] ?? '')) return false;
    return around.reduce((sum, [dx, dy]) => sum + (held.get(key(row, dx, dy)) ?? 0), 0) === 1;
  });
}

/** An edit by hand: cells to set, or metres to move east. */
export type Edit = { code: string; set: Record<string, string | number> } | { code: string; east: number };

/** Fifty later edits; 25 of them on cells that the delivery changed, too. */
export function fiftyEdits({ of, column, untouched }: Plants): Edit[] {
  const ten = (codes: string[], from = 0) => codes.slice(from, from + 10);
  return [
    ...ten(of.attribute.filter((code) => column.get(code) === 'note')).map((code, i) => ({
      code,
      set: { note: `手工${i}` },
    })),
    ...ten(of.attribute, 40).map((code, i) => ({ code, set: { surveyor: `手工${i}` } })),
    ...ten(untouched).map((code, i) => ({ code, set: { note: `手工${i}`, address: '手工' } })),
    ...ten(of.role).map((code, i) => ({ code, set: { owner_id: 20 + i } })),
    ...untouched.slice(10, 15).map((code) => ({ code, east: 2.5 })),
    ...of.gone.slice(0, 5).map((code) => ({ code, set: { state: '丢失' } })),
  ];
}
