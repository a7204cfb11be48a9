import type { ImportAs, Pile } from '../../api/delivery.ts';
import { COMPONENT_COLUMNS, UNIT_GRID_COLUMNS } from '../../model/component.ts';
import type { ReturnLanguage } from './returns/words.ts';

type Pair = readonly [zh: string, en: string];

/** What the receipt's workbook says. */
const WORDS = {
  receipt: ['入库回执', 'Receipt'],
  title: ['格物入库回执', 'Gewu receipt'],
  delivery: ['交付', 'Delivery'],
  number: ['批次号', 'Batch'],
  kind: ['内容', 'Content'],
  state: ['状态', 'State'],
  received: ['接收', 'Received'],
  rows: ['行数', 'Rows'],
  broughtIn: ['已入库', 'Brought in'],
  refused: ['退回', 'Refused'],
  open: ['未处理', 'Undecided'],
  unreadable: ['进不了任何一堆', 'Could enter no pile'],
  pile: ['堆', 'Pile'],
  table: ['表', 'Table'],
  file: ['文件', 'File'],
  class: ['小类', 'Class'],
  encoding: ['文字编码', 'Encoding'],
  crs: ['坐标系', 'CRS'],
  size: ['字节数', 'Bytes'],
  original: ['原件', 'Original'],
  kept: ['存于项目', 'kept'],
  notKept: ['未保存', 'not kept'],
  leftAside: ['未读入', 'Left aside'],
  revision: ['修订', 'Revision'],
  when: ['时间', 'When'],
  who: ['经手人', 'By'],
  became: ['处理', 'Outcome'],
  takenBack: ['已撤回', 'taken back'],
  undo: ['撤回', 'took back'],
  reencoded: ['更改文本编码', 'read in another encoding'],
  fields: ['字段对应', 'Fields'],
  field: ['交付的字段', 'Delivered field'],
  column: ['列', 'Column'],
  extra: ['其他字段', 'other fields'],
  rowList: ['逐行', 'Rows'],
  row: ['行号', 'Row'],
  code: ['标识码', 'Code'],
} as const satisfies Record<string, Pair>;

export function receiptWords(key: keyof typeof WORDS, language: ReturnLanguage): string {
  return WORDS[key][language === 'zh' ? 0 : 1];
}

export const PILE_NAMES: Readonly<Record<Pile, Pair>> = {
  new: ['新增', 'New'],
  changed: ['变更', 'Changed'],
  same: ['相同', 'Same'],
  gone: ['消失', 'Gone'],
  unclear: ['难以判定', 'Cannot tell'],
};

export const KIND_WORDS: Readonly<Record<ImportAs, Pair>> = {
  component: ['部件', 'Components'],
  'unit-grid': ['单元网格', 'Unit grids'],
  street: ['街道', 'Streets'],
  community: ['社区', 'Communities'],
  unit: ['单位', 'Units'],
};

const LEFT_ASIDE: Readonly<Record<string, Pair>> = {
  'files-left-aside': [
    '{count} 个文件里没有可读的表：{names}',
    '{count} files hold no table that can be read: {names}',
  ],
  'table-not-recognised': ['{file} 的 {table} 认不出是什么，没有读入', '{table} of {file} could not be recognised'],
  'original-not-kept': ['{file} 超过 256 MB，只存校验值', '{file} exceeds 256 MB; only its digest is kept'],
  'return-parts': [
    '{file} 是退回单：{names} 不作为数据读取',
    '{file} is a return sheet: {names} were not read as data',
  ],
};

/** What was not read, in one sentence. */
export function leftAsideWords(
  { code, message, data }: { code: string; message: string; data: Record<string, unknown> },
  language: ReturnLanguage,
): string {
  const pair = LEFT_ASIDE[code];
  if (pair === undefined) return message;
  const text = (value: unknown): string =>
    Array.isArray(value) ? value.map(text).join('、') : typeof value === 'number' ? String(value) : textOr(value);
  return pair[language === 'zh' ? 0 : 1].replaceAll(/\{(\w+)\}/gu, (_, key: string) => text(data[key]));
}

const textOr = (value: unknown): string => (typeof value === 'string' ? value : '');

/** What a column of this kind of thing is called. */
export function columnWords(as: ImportAs, column: string, language: ReturnLanguage): string {
  const columns = as === 'component' ? COMPONENT_COLUMNS : as === 'unit-grid' ? UNIT_GRID_COLUMNS : [];
  const found = columns.find(({ name }) => name === column);
  return found === undefined ? column : language === 'zh' ? found.zh : found.en;
}

/** What became of one row. */
export const BECAME = {
  broughtIn: ['已入库', 'brought in'],
  retired: ['已停用', 'retired'],
  refused: ['退回', 'refused'],
  same: ['无差别', 'no difference'],
  open: ['未处理', 'undecided'],
} as const satisfies Record<string, Pair>;
