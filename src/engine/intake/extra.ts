import { headingKey } from './dictionary.ts';
import { sameWords } from './normalise.ts';

/** Fields that programs number and measure by themselves: they differ from file to file and say nothing of the component. */
const BOOKKEEPING = new Set(
  ['OBJECTID', 'OID', 'FID', 'GID', 'ID', 'SHAPE_LENG', 'SHAPE_LENGTH', 'SHAPE_AREA', '序号', 'Z', 'M'].map(headingKey),
);

/** The fields a row keeps besides its columns, as stored. @throws SyntaxError for a damaged cell */
export function parseExtra(text: string | null): Record<string, string | null> {
  return text === null || text === '' ? {} : (JSON.parse(text) as Record<string, string | null>);
}

/**
 * Whether a delivery says something else in a field the project already keeps for this row. A field it never kept is no difference (an
 * export comes back with more headings than it was made from), nor is a blank, nor what programs number by themselves.
 */
export function differentExtra(
  delivered: Record<string, string | null>,
  held: string,
  used: ReadonlySet<string>,
): boolean {
  const kept = parseExtra(held);
  return Object.entries(delivered).some(([field, value]) => {
    const before = kept[field];
    if (value === null || before == null || used.has(field) || BOOKKEEPING.has(headingKey(field))) return false;
    return !sameText(value, before);
  });
}

/** Equal as text, or as the same short decimal written with more or fewer zeros behind the point. */
function sameText(a: string, b: string): boolean {
  if (sameWords(a, b)) return true;
  const decimal = /^[+-]?\d{1,12}(\.\d{1,12})?$/u;
  if (!decimal.test(a.trim()) || !decimal.test(b.trim()) || !(a.includes('.') || b.includes('.'))) return false;
  return Number(a) === Number(b);
}

/** What is kept after a delivery: its fields over those kept before; a blank takes nothing away. Null when there is nothing. */
export function mergeExtra(held: string | null, delivered: Record<string, string | null>): string | null {
  const kept = parseExtra(held);
  const spoken = Object.entries(delivered).filter(([, value]) => value !== null && value.trim() !== '');
  if (spoken.every(([field, value]) => kept[field] === value)) return held;
  return JSON.stringify({ ...kept, ...Object.fromEntries(spoken) });
}
