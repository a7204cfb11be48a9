import type { CellValue } from '../model/component.ts';
import type { CheckedComponent, CheckSource } from '../model/check-source.ts';
import { defineCheck, onComponent, textCell } from './check.ts';

type Place = NonNullable<ReturnType<CheckSource['placeName']>>;

const BRACKETS: Record<string, string> = { '（': '(', '）': ')' };
const fold = (text: string) => text.replaceAll(/[（）]/gu, (sign) => BRACKETS[sign] ?? sign).replaceAll(/\s/gu, '');

/** Whether a delivered text is the place's code, name or one of its other names. */
function says(text: string, code: string, place: Place | null): boolean {
  if (text === code) return true;
  const said = fold(text);
  // Deliveries leave the kind word out or add one ("翠微路社区" for "翠微路社区居委会", "上地" for "上地街道").
  return (place === null ? [] : [place.name, ...place.aliases]).map(fold).some((name) => {
    const [shorter, longer] = name.length < said.length ? [name, said] : [said, name];
    return name === said || (shorter.length >= 2 && longer.startsWith(shorter));
  });
}

function disagreement(
  row: CheckedComponent,
  source: CheckSource,
  layer: 'street' | 'community',
): Record<string, CellValue> | null {
  const column = `${layer}_text`;
  const text = textCell(row, column);
  const code = textCell(row, `${layer}_code`);
  if (text === null || code === null) return null;
  const known = source.placeName(layer, code);
  return says(text, code, known) ? null : { column, value: text, expected: known?.name ?? code };
}

/** Grid, street and community as delivered are those the point stands in. */
export const placeAgrees = defineCheck({
  id: 'place-agrees',
  severity: 'warning',
  reach: 'self',
  clause: 'GB/T 47678.5-2026 SZDYWGBSM, SZJDDM, SZSQDM',
  layers: ['component'],
  *check(row, source) {
    const gridId = row.cells['grid_id'];
    const grid = typeof gridId === 'number' ? source.gridCode(gridId) : null;
    const text = textCell(row, 'grid_text');
    if (grid !== null && text !== null && text !== grid) {
      yield onComponent(this.id, row, 'grid_text', { column: 'grid_text', value: text, expected: grid });
    }
    for (const layer of ['street', 'community'] as const) {
      const data = disagreement(row, source, layer);
      if (data !== null) yield onComponent(this.id, row, `${layer}_text`, data);
    }
  },
});
