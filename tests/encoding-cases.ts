import iconv from 'iconv-lite';
import type { DeliveredFile } from '../src/formats/format.ts';
import { delivered } from './delivered.ts';
import { rawDbf } from './raw-dbf.ts';

/** What an encoding is called by iconv. */
const ENCODINGS = { GBK: 'gbk', GB18030: 'gb18030', 'UTF-8': 'utf8', Big5: 'big5' };
export type Encoding = keyof typeof ENCODINGS;

/** Nine states of the `.cpg`: absent, empty, three true to GB, two to UTF-8, a Western one, and nonsense. */
export const CPG_STATES: (string | null)[] = [
  null,
  '',
  '936',
  'GBK\r\n',
  'gb18030',
  'UTF-8',
  '65001',
  'ISO-8859-1',
  '\u0001?x-none',
];

/** Language drivers: not stated, the default that means nothing, GBK, Western. */
export const LDIDS = [0x00, 0x57, 0x4d, 0x03];

export const PLACES = ['values', 'names', 'both'] as const;
export type Place = (typeof PLACES)[number];

const OWNERS = [
  '北京市自来水集团有限责任公司',
  '海淀区市政管理处',
  '国网北京海淀供电公司',
  '北京歌华有线电视网络股份有限公司',
];
const ROADS = ['学院路', '中关村大街', '思源路', '万寿路街道', '清河', '知春路', '馨园路', '苏州街', '西三旗桥东'];
const KINDS = ['雨水井盖', '污水井盖', '路灯', '消防栓', '果皮箱', '候车亭', '行道树', '绿地护栏'];
const STATES = ['完好', '破损', '丢失'];
/** Words with characters that GBK has no code for, as they stand in people's and places' names. */
const FOUR_BYTE = ['李䶮', '㛃园小区', '𠅤家胡同', '王㙍'];

const row = (i: number, encoding: Encoding): string[] => [
  KINDS[i % KINDS.length] ?? '',
  OWNERS[i % OWNERS.length] ?? '',
  `${ROADS[i % ROADS.length] ?? ''}${i + 1}号`,
  STATES[i % STATES.length] ?? '',
  encoding === 'GB18030' ? (FOUR_BYTE[i % FOUR_BYTE.length] ?? '') : '张伟',
];
const TRADITIONAL = ['臺北市信義路五段', '自來水管理處', '道路養護單位', '區公所', '電線桿'];

/** A survey table of thirty rows: evidence enough for anybody. */
export function richTable(encoding: Encoding): string[][] {
  if (encoding === 'Big5') return TRADITIONAL.map((text) => [text, '', '', '', '']);
  return Array.from({ length: 30 }, (_, i) => row(i, encoding));
}

export const RICH_NAMES: Record<Encoding, string[]> = {
  GBK: ['部件名称', '权属单位', '地址', '状态', '普查员'],
  GB18030: ['部件名称', '权属单位', '地址', '状态', '普查员䶮'],
  'UTF-8': ['部件名称', '权属单位', '地址', '状态', '普查员'],
  Big5: ['設施名稱', '權屬單位', '地址', '狀態', '調查員'],
};

/** One word is all the evidence there is. */
export const WORDS = [
  '雨水井盖',
  '路灯',
  '完好',
  '海淀区',
  '学院路',
  '思源路',
  '馨园路',
  '自来水集团',
  '苏州街',
  '备注',
  '600×800',
  '35°',
];
/** One character is all there is: 路 in GBK and · in UTF-8 are the same bytes. */
export const CHARACTERS = Array.from('路井是无有树灯厦桥村胜·×°');

export interface Case {
  encoding: Encoding;
  place: Place;
  /** Field names and the cells below them, as text. */
  names: string[];
  rows: string[][];
}

const bytes = (text: string, encoding: Encoding): Buffer => iconv.encode(text, ENCODINGS[encoding]);
const NAME_WIDTH = 10;

/** Evidence in values, in field names, or in both; the other side is ASCII. */
export function makeCase(encoding: Encoding, place: Place, names: string[], rows: string[][]): Case {
  return {
    encoding,
    place,
    names: names.map((name, i) => (place === 'values' ? `F${i + 1}` : name)),
    rows: place === 'names' ? rows.map((cells) => cells.map((_, i) => `${i}`)) : rows,
  };
}

/** Names as they come back when read right: what fits into ten bytes, whole characters only. */
export function wholeNames({ encoding, names }: Case): string[] {
  return names.map((name) => {
    let whole = '';
    for (const character of name) {
      if (bytes(whole + character, encoding).length > NAME_WIDTH) break;
      whole += character;
    }
    return whole;
  });
}

/** The case as a `.dbf` with its `.cpg`; a name is cut where ten bytes end, as every writer does. */
export function caseFiles({ encoding, names, rows }: Case, cpg: string | null, ldid: number): DeliveredFile[] {
  const cells = rows.map((texts) => texts.map((text) => bytes(text, encoding)));
  const columns = names.map((name, i) => ({
    name: bytes(name, encoding).subarray(0, NAME_WIDTH),
    type: 'C',
    width: Math.max(4, ...cells.map((texts) => (texts[i]?.length ?? 0) + 2)),
  }));
  const files = [delivered('部件.dbf', rawDbf(columns, cells, { ldid }))];
  if (cpg !== null) files.push(delivered('部件.cpg', cpg));
  return files;
}
