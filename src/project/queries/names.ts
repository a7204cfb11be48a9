import type { Database } from 'better-sqlite3';
import type { CellValue } from '../../model/component.ts';

/** What a person reads instead of a code or an id. */
export interface Named {
  name: string | null;
  nameEn: string | null;
}

/** Which small dictionary names a column's values: unit ids, grid ids, street, community, class, major class and batch keys. */
export type NameKind = 'unit' | 'grid' | 'street' | 'community' | 'class' | 'major' | 'majorOfClass' | 'batch';

const SOURCES: Record<NameKind, string> = {
  unit: `SELECT id, name, NULL FROM unit`,
  grid: `SELECT id, code, NULL FROM unit_grid`,
  street: `SELECT code, name, NULL FROM street ORDER BY id DESC`,
  community: `SELECT code, name, NULL FROM community ORDER BY id DESC`,
  // A project counts by its own scheme; where another scheme uses the same code, the project's name for it comes last and stays.
  class: `SELECT code, name, name_en FROM component_class ORDER BY scheme = (SELECT value FROM gewu_meta WHERE key = 'scheme'), id DESC`,
  major: `SELECT major_code, major_name, NULL FROM component_class
    ORDER BY scheme = (SELECT value FROM gewu_meta WHERE key = 'scheme'), id DESC`,
  majorOfClass: `SELECT code, major_name, NULL FROM component_class
    ORDER BY scheme = (SELECT value FROM gewu_meta WHERE key = 'scheme'), id DESC`,
  batch: `SELECT id, name, NULL FROM gewu_batch`,
};

/** Names by key, for one kind. Keys are ids (numbers) or codes (text) as in the column. */
export function namesOf(db: Database, kind: NameKind): Map<CellValue, Named> {
  const rows = db.prepare<[], [CellValue, string | null, string | null]>(SOURCES[kind]).raw().all();
  return new Map(rows.map(([key, name, nameEn]) => [key, { name, nameEn }]));
}

/** The dictionary that names a column's values, by column. */
export const NAMED_COLUMNS: Readonly<Record<string, NameKind>> = {
  supervisor_id: 'unit',
  owner_id: 'unit',
  maintainer_id: 'unit',
  responsible_id: 'unit',
  grid_id: 'grid',
  street_code: 'street',
  community_code: 'community',
  class_code: 'class',
  major_code: 'major',
  batch_id: 'batch',
};

const collator = new Intl.Collator('zh');
/** Above this many names the comparison by pinyin would take longer than the order is worth; they then go by code point. */
const COLLATE_AT_MOST = 20_000;

/** Rank of each name in Chinese order (pinyin), equal names equal, null for blanks. */
export function ranksOf(names: readonly (string | null)[]): (number | null)[] {
  const distinct = [...new Set(names.flatMap((name) => (name === null || name === '' ? [] : [name])))];
  if (distinct.length > COLLATE_AT_MOST) distinct.sort();
  else distinct.sort(collator.compare);
  const rank = new Map(distinct.map((name, i) => [name, i]));
  return names.map((name) => (name === null ? null : (rank.get(name) ?? null)));
}
