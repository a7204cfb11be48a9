import { readFileSync } from 'node:fs';
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
  const byKind = new Map<ImportAs, Map<string, DictionaryHit[]>>();
  for (const as of ['component', 'unit-grid', 'street', 'community', 'unit'] as const) {
    byKind.set(as, index(data[as]));
  }
  return {
    lookUp: (as, heading) => byKind.get(as)?.get(headingKey(heading)) ?? looseHits(data[as], heading),
    columns: (as) => Object.keys(data[as]),
    confirmation: data.values.confirmation,
  };
}

function index(columns: Record<string, Names>): Map<string, DictionaryHit[]> {
  const found = new Map<string, DictionaryHit[]>();
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

/** Two-row headings arrive joined ("权属信息/权属单位名称"): the last part decides, loosely. */
function looseHits(columns: Record<string, Names>, heading: string): DictionaryHit[] {
  const last = heading.split('/').at(-1) ?? heading;
  if (last === heading) return [];
  return (index(columns).get(headingKey(last)) ?? []).map((hit) => ({ ...hit, exact: false }));
}
