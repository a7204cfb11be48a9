import { readFileSync } from 'node:fs';
import iconv from 'iconv-lite';
import type { ImportAs } from '../../api/delivery.ts';
import { halfWidth } from './normalise.ts';

interface Names {
  exact: string[];
  loose: string[];
}
type Dictionary = Record<ImportAs, Record<string, Names>> & { values: { confirmation: Record<string, string[]> } };

export interface DictionaryHit {
  column: string;
  exact: boolean;
}

/** A heading as compared: half-width, upper case, without blanks, underscores and bracket forms. */
export function headingKey(name: string): string {
  return halfWidth(name)
    .toUpperCase()
    .replaceAll(/[\s_\-()[\]{}<>:：、，,/]/gu, '');
}

export interface FieldDictionary {
  /** Columns a heading may stand for, best first. */
  lookUp(as: ImportAs, heading: string): DictionaryHit[];
  columns(as: ImportAs): string[];
  confirmation: Record<string, string[]>;
}

/** Reads `resources/field-dictionary.json`; headings known for a kind of thing, by standard and by practice. */
export function loadDictionary(resources: URL | string): FieldDictionary {
  const text = readFileSync(new URL('field-dictionary.json', resources), 'utf8');
  const data = JSON.parse(text) as Dictionary;
  const byKind = new Map<ImportAs, NameIndex>();
  for (const as of ['component', 'unit-grid', 'street', 'community', 'unit'] as const) {
    byKind.set(as, index(data[as]));
  }
  return {
    lookUp: (as, heading) => search(byKind.get(as) ?? new Map(), heading),
    columns: (as) => Object.keys(data[as]),
    confirmation: data.values.confirmation,
  };
}

type NameIndex = Map<string, DictionaryHit[]>;

function index(columns: Record<string, Names>): NameIndex {
  const found: NameIndex = new Map();
  const add = (name: string, hit: DictionaryHit) => {
    const key = headingKey(name);
    const hits = found.get(key) ?? [];
    if (!hits.some((other) => other.column === hit.column)) found.set(key, [...hits, hit]);
  };
  for (const [column, names] of Object.entries(columns)) {
    for (const name of [column, ...names.exact]) add(name, { column, exact: true });
  }
  for (const [column, names] of Object.entries(columns)) {
    for (const name of names.loose) add(name, { column, exact: false });
  }
  return found;
}

/** The heading as it stands, then with what people and programs put round a name taken off, then as a part or a torso of one. */
function search(names: NameIndex, heading: string): DictionaryHit[] {
  for (const variant of [heading, ...undressed(heading), ...ungarbled(heading)]) {
    const hits = names.get(headingKey(variant));
    if (hits !== undefined) return hits;
  }
  const cut = cutNames(names, heading);
  return cut.length > 0 ? cut : lastPart(names, heading);
}

/** Units in brackets, marks of required fields, prefixes and running numbers: X(m), *名称, T_OBJID, 部件_权属单位, BZ_1. */
function undressed(heading: string): string[] {
  const plain = halfWidth(heading).trim();
  const bare = plain
    .replaceAll(/[([{][^)\]}]*[)\]}]/gu, '')
    .replaceAll(/[*※#:：]/gu, '')
    .trim();
  const prefixes = /^(?:[A-Za-z]_|F\d*_|FLD_|FIELD_|TB?L?_|部件_?|井盖_?|设施_?|城市部件_?)/iu;
  const forms = [
    bare,
    bare.replace(/_\d{1,2}$/u, ''),
    bare.replace(prefixes, ''),
    bare.replace(prefixes, '').replace(/_\d{1,2}$/u, ''),
  ];
  return [...new Set(forms)].filter((form) => form.length >= 2 && form !== heading);
}

/** Two-row headings arrive joined: 权属信息/单位名称 is 权属单位名称, or loosely what its last part says. */
function lastPart(names: NameIndex, heading: string): DictionaryHit[] {
  const parts = heading.split('/').map((part) => part.trim());
  const last = parts.at(-1) ?? heading;
  if (parts.length < 2) return [];
  const group = (parts.at(-2) ?? '').replace(/(?:信息|情况|资料|数据|单位)$/u, '');
  const whole = names.get(headingKey(group + last)) ?? names.get(headingKey(`${group}单位${last}`));
  if (whole !== undefined) return whole;
  return (names.get(headingKey(last)) ?? []).map((hit) => ({ ...hit, exact: false }));
}

/** Bytes a dbf keeps of a field name. */
const DBF_NAME = 10;

/** Names of which a dbf kept the first ten bytes, in GBK or UTF-8: certain where only one column's names begin so. */
function cutNames(names: NameIndex, heading: string): DictionaryHit[] {
  const key = headingKey(heading);
  const gbk = Array.from(heading).reduce((sum, char) => sum + (char.charCodeAt(0) < 0x80 ? 1 : 2), 0);
  const full = [gbk, Buffer.byteLength(heading)].some((bytes) => bytes === DBF_NAME || bytes === DBF_NAME - 1);
  if (!full || key.length < 3) return [];
  const columns = new Map<string, DictionaryHit>();
  for (const [name, hits] of names) {
    if (name.length <= key.length || !name.startsWith(key)) continue;
    for (const hit of hits) if (hit.exact) columns.set(hit.column, hit);
  }
  return [...columns.values()].map(({ column }) => ({ column, exact: columns.size === 1 }));
}

/** What a heading was before a program read its bytes in the wrong encoding. */
function ungarbled(heading: string): string[] {
  if (!/[^\u0020-\u007e]/u.test(heading)) return [];
  const readings: [string, string][] = [
    ['latin1', 'utf8'],
    ['win1252', 'utf8'],
    ['latin1', 'gb18030'],
    ['win1252', 'gb18030'],
    ['gb18030', 'utf8'],
  ];
  return readings.flatMap(([wrong, right]) => {
    const bytes = iconv.encode(heading, wrong);
    if (iconv.decode(bytes, wrong) !== heading) return [];
    const text = iconv.decode(bytes, right);
    return text.includes('\ufffd') || text === heading ? [] : [text];
  });
}
