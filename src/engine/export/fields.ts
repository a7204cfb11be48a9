import { readFileSync } from 'node:fs';
import type { WriteField } from '../../formats/format.ts';
import type { CellValue } from '../../model/component.ts';
import type { ExportLayer } from '../../project/queries/export-rows.ts';

export interface ExportField extends WriteField {
  /** Column or name of the exported row it is filled from. */
  from: string;
}

type Line = [name: string, title: string, from: string, type: WriteField['type'], length: number];
interface Profiles {
  component: Record<'2026' | '2013' | 'practice', Line[]>;
  unit_grid: Line[];
  street: Line[];
  community: Line[];
}

const read = new Map<string, Profiles>();
function profiles(resources: URL): Profiles {
  let held = read.get(resources.href);
  if (held === undefined) {
    held = JSON.parse(readFileSync(new URL('export-profiles.json', resources), 'utf8')) as Profiles;
    read.set(resources.href, held);
  }
  return held;
}

/** Fields a layer goes out with. Components carry the profile's own fields first, then what the standard does not name. */
export function exportFields(resources: URL, layer: ExportLayer, profile: '2026' | '2013'): ExportField[] {
  const known = profiles(resources);
  const plain = layer === 'unit_grid' || layer === 'street' || layer === 'community';
  const lines = plain ? known[layer] : [...known.component[profile], ...known.component.practice];
  return lines.map(([name, title, from, type, length]) => ({ name, title, from, type, length }));
}

/** How the standard's own words say what the project keeps as a choice; the import reads them back. */
const WORDS: Record<string, Record<string, string>> = {
  confirmation: { confirmed: '已确权', unconfirmed: '未确权', disputed: '有争议', ownerless: '无主' },
};

export function exportValue(field: ExportField, cells: Record<string, CellValue>): CellValue {
  const value = cells[field.from] ?? null;
  if (typeof value !== 'string') return value;
  return WORDS[field.from]?.[value] ?? value;
}
