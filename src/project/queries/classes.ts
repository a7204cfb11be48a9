import type { Database } from 'better-sqlite3';
import type { ColumnCache } from './columns.ts';
import type { Reader } from './reader.ts';

/** As the contract's ClassInfo. */
export interface ClassEntry {
  scheme: string;
  code: string;
  majorCode: string;
  majorName: string;
  name: string;
  nameEn: string | null;
  geometry: 'point' | 'line' | 'area' | null;
  accuracy: string | null;
  ownerless: boolean;
  components: number;
}

interface ClassRow {
  scheme: string;
  code: string;
  major_code: string | null;
  major_name: string | null;
  name: string | null;
  name_en: string | null;
  geometry: string | null;
  accuracy: string | null;
  ownerless: number | null;
}

/** The project's own scheme first, so that its classes get the low numbers a map tile has room for. */
const IN_ORDER = `FROM component_class ORDER BY scheme <> coalesce((SELECT value FROM gewu_meta WHERE key = 'scheme'), ''), scheme, code, id`;

/** Scheme and code as one key. */
export const classKey = (scheme: string | null, code: string | null): string => `${scheme ?? ''}\u0000${code ?? ''}`;

/** Place of each class in `class.list`, by `classKey`: what a map tile names classes by. */
export function classOrder(db: Database): Map<string, number> {
  const rows = db.prepare<[], [string, string]>(`SELECT scheme, code ${IN_ORDER}`).raw().all();
  return new Map(rows.map(([scheme, code], i) => [classKey(scheme, code), i]));
}

/** Every class of the catalogues in force, with the number of its components. */
export function listClasses(reader: Reader, columns: ColumnCache): ClassEntry[] {
  const counts = componentsByClass(reader, columns);
  return reader.db
    .prepare<[], ClassRow>(
      `SELECT scheme, code, major_code, major_name, name, name_en, geometry, accuracy, ownerless ${IN_ORDER}`,
    )
    .all()
    .map((row) => ({
      scheme: row.scheme,
      code: row.code,
      majorCode: row.major_code ?? '',
      majorName: row.major_name ?? '',
      name: row.name ?? '',
      nameEn: row.name_en,
      geometry: geometryOf(row.geometry),
      accuracy: row.accuracy,
      ownerless: row.ownerless === 1,
      components: counts.get(classKey(row.scheme, row.code)) ?? 0,
    }));
}

function geometryOf(text: string | null): ClassEntry['geometry'] {
  if (text === 'polygon') return 'area';
  return text === 'point' || text === 'line' || text === 'area' ? text : null;
}

function componentsByClass(reader: Reader, columns: ColumnCache): Map<string, number> {
  const pairs = classPairs(reader, columns);
  const counts = new Uint32Array(pairs.keys.length);
  for (const pair of pairs.codes) if (pair >= 0) counts[pair] = (counts[pair] ?? 0) + 1;
  return new Map(pairs.keys.map(({ scheme, code }, i) => [classKey(scheme, code), counts[i] ?? 0]));
}

export interface ClassPairs {
  /** For each component id the number of its scheme and class, -1 where there is no row. */
  codes: Int32Array;
  keys: { scheme: string | null; code: string | null }[];
}

/** Scheme and class of every component as one coded column: a class is both together. */
export function classPairs(reader: Reader, columns: ColumnCache): ClassPairs {
  const schemes = columns.column(reader.db, 'scheme');
  const classes = columns.column(reader.db, 'class_code');
  const width = classes.values.length;
  const numberOf = new Int32Array(schemes.values.length * width).fill(-1);
  const codes = new Int32Array(classes.codes.length).fill(-1);
  const keys: ClassPairs['keys'] = [];
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  for (let id = 0; id < codes.length; id++) {
    const [scheme, code] = [schemes.codes[id] ?? -1, classes.codes[id] ?? -1];
    if (scheme < 0 || code < 0) continue;
    const pair = scheme * width + code;
    let number = numberOf[pair] ?? -1;
    if (number < 0) {
      number = keys.length;
      numberOf[pair] = number;
      keys.push({ scheme: text(schemes.values[scheme]), code: text(classes.values[code]) });
    }
    codes[id] = number;
  }
  return { codes, keys };
}
