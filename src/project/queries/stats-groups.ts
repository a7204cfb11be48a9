import type { CellValue } from '../../model/component.ts';
import { getMeta } from '../meta.ts';
import { classKey, classPairs } from './classes.ts';
import type { ColumnCache } from './columns.ts';
import { namesOf, type NameKind, type Named } from './names.ts';
import type { Reader } from './reader.ts';
import type { StatsBy } from './stats.ts';

/** What a group of the statistics is called. `always`: shown even when no component stands in it. */
export interface GroupHead extends Named {
  key: string | null;
  always: boolean;
}

/** Components by group: for each id the number of its head (-1 where there is no row), and the heads in the order to show. */
export interface Groups {
  codes: Int32Array;
  heads: GroupHead[];
  order: number[];
}

const collator = new Intl.Collator('zh', { numeric: true });

/** The components of the project by what a statistic is asked by. */
export function groupsOf(reader: Reader, columns: ColumnCache, by: StatsBy): Groups {
  if (by === 'class') return ordered(byClass(reader, columns), 'key');
  if (by === 'major') return ordered(byMajor(reader, columns), 'key');
  if (by === 'unit') return ordered(byColumn(reader, columns, 'responsible_id', 'unit'), 'name');
  if (by === 'phase') return ordered(byColumn(reader, columns, 'phase', null), 'key');
  if (by === 'grid') return ordered(byGrid(reader, columns), 'key');
  const groups = byColumn(reader, columns, `${by}_code`, by);
  const known = new Map(groups.heads.map((head) => [head.key, head]));
  for (const [key, named] of namesOf(reader.db, by)) {
    if (typeof key !== 'string' || key === '') continue;
    const head = known.get(key);
    if (head === undefined) groups.heads.push({ key, ...named, always: true });
    else head.always = true;
  }
  return ordered(groups, 'key');
}

type Unordered = Omit<Groups, 'order'>;

function ordered(groups: Unordered, by: 'key' | 'name'): Groups {
  const text = (at: number): string => groups.heads[at]?.[by] ?? '';
  const blank = (at: number): number => (groups.heads[at]?.key === null ? 1 : 0);
  const order = groups.heads
    .map((_, at) => at)
    .sort((a, b) => blank(a) - blank(b) || collator.compare(text(a), text(b)) || a - b);
  return { ...groups, order };
}

/** '' and NULL are one blank; the numbers of both lead to the same head. */
function merged(codes: Int32Array, heads: readonly GroupHead[]): Unordered {
  const places = new Map<string | null, number>();
  const kept: GroupHead[] = [];
  const placeOf = Int32Array.from(heads, (head) => {
    const known = places.get(head.key);
    if (known !== undefined) return known;
    places.set(head.key, kept.length);
    return kept.push(head) - 1;
  });
  return { codes: codes.map((code) => (code < 0 ? -1 : (placeOf[code] ?? -1))), heads: kept };
}

function byColumn(reader: Reader, columns: ColumnCache, column: string, kind: NameKind | null): Unordered {
  const { codes, values } = columns.column(reader.db, column);
  const names = kind === null ? null : namesOf(reader.db, kind);
  return merged(
    codes,
    values.map((value) => {
      const own =
        names === null
          ? { name: value === null || value === '' ? null : String(value), nameEn: null }
          : names.get(value);
      return { key: keyOf(value), name: own?.name ?? null, nameEn: own?.nameEn ?? null, always: false };
    }),
  );
}

function keyOf(value: CellValue): string | null {
  return value === null || value === '' ? null : String(value);
}

function byGrid(reader: Reader, columns: ColumnCache): Unordered {
  const { codes, values } = columns.column(reader.db, 'grid_id');
  const grids = new Map(
    reader.db
      .prepare<[], { id: number; code: string; name: string | null }>(`SELECT id, code, name FROM unit_grid`)
      .all()
      .map((grid) => [grid.id, grid]),
  );
  return merged(
    codes,
    values.map((value) => {
      const grid = typeof value === 'number' ? grids.get(value) : undefined;
      return { key: grid?.code ?? null, name: grid?.name ?? null, nameEn: null, always: false };
    }),
  );
}

interface ClassRow {
  scheme: string;
  code: string;
  major_code: string | null;
  major_name: string | null;
  name: string | null;
  name_en: string | null;
}

function classesOf(reader: Reader): Map<string, ClassRow> {
  const rows = reader.db
    .prepare<[], ClassRow>(`SELECT scheme, code, major_code, major_name, name, name_en FROM component_class`)
    .all();
  return new Map(rows.map((row) => [classKey(row.scheme, row.code), row]));
}

function byClass(reader: Reader, columns: ColumnCache): Unordered {
  const { codes, keys } = classPairs(reader, columns);
  const classes = classesOf(reader);
  const own = getMeta(reader.db, 'scheme');
  const heads = keys.map(({ scheme, code }): GroupHead => {
    const known = classes.get(classKey(scheme, code));
    // The same digits mean another thing in another scheme: a class of one that is not the project's names its scheme.
    const key = code === null || code === '' || scheme === null || scheme === own ? keyOf(code) : `${code} (${scheme})`;
    return { key, name: known?.name ?? null, nameEn: known?.name_en ?? null, always: false };
  });
  return merged(codes, heads);
}

function byMajor(reader: Reader, columns: ColumnCache): Unordered {
  const { codes, keys } = classPairs(reader, columns);
  const classes = classesOf(reader);
  const heads = keys.map(({ scheme, code }): GroupHead => {
    const known = classes.get(classKey(scheme, code));
    return { key: keyOf(known?.major_code ?? null), name: known?.major_name ?? null, nameEn: null, always: false };
  });
  return merged(codes, heads);
}
