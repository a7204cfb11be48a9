import type { CellValue } from '../../model/component.ts';

/** Other names of a unit, delivered in one cell, parted by the signs in use. */
export function aliasesOf(row: { now: Record<string, CellValue> }): string[] {
  const text = row.now['#aliases'];
  if (typeof text !== 'string') return [];
  const names = text.split(/[;；,，、|]/u).map((name) => name.trim());
  return [...new Set(names.filter((name) => name !== ''))];
}
