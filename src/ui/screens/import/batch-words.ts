import type { BatchCell, BatchRow, ImportAs } from '../../../api/delivery.ts';
import { valueWords } from '../../words/cell.ts';
import { count, say, sayIf, when, type Language } from '../../words/index.ts';
import { valuesOf } from './values.ts';
import { targetName } from './targets.ts';

export function cellName(as: ImportAs, column: string, language: Language): string {
  return column === 'geom'
    ? say(as === 'component' ? 'piles.cell.place' : 'piles.cell.shape')
    : targetName(as, column, language);
}

/** Metres to one decimal below a hundred, whole above. */
export function metres(value: number): string {
  return `${value < 100 ? value.toFixed(value < 1 ? 2 : 1) : count(Math.round(value))} m`;
}

/** What stood there and what was delivered, as a person reads it; null for a blank. */
export function cellValues(row: Pick<BatchRow, 'moved'>, cell: BatchCell): { was: string | null; now: string | null } {
  if (cell.column === 'geom') {
    const now =
      row.moved === null ? say('piles.cell.newShape') : say('piles.cell.moved', { distance: metres(row.moved) });
    return { was: cell.was === null ? null : say('piles.cell.onMap'), now };
  }
  const read = (value: BatchCell['was'], name: string | null) =>
    value === null || value === '' ? null : (name ?? valueWords(cell.column, value));
  return { was: read(cell.was, cell.wasName), now: read(cell.now, cell.nowName) };
}

/** Why a person should look at a cell. */
export function cellDoubt(cell: BatchCell): string | null {
  return cell.doubt === null ? null : (sayIf(`faults.cell.${cell.doubt}`) ?? cell.doubt);
}

/** Who changed a cell since, and what it was then; null for a cell that was not weighed. */
export function weighedWords(cell: BatchCell, language: Language): string | null {
  if (cell.weighed === null) return null;
  const { base, person, at, revision } = cell.weighed;
  const about = { person, revision, when: when(at, language) };
  if (cell.column === 'geom') return say('piles.weighedPlace', about);
  return say('piles.weighed', { ...about, base: base === null ? say('values.blank') : valueWords(cell.column, base) });
}

/** A reason as a heading for many rows: what differs from row to row is left out. */
export function reasonName(code: string): string {
  return sayIf(`piles.reasonName.${code}`) ?? code;
}

/** Why a row lies in its pile; the short form for a list. */
export function reasonWords(row: Pick<BatchRow, 'reason'>, form: 'reason' | 'reasonShort' = 'reason'): string | null {
  if (row.reason === null) return null;
  const { data } = row.reason;
  const distance = typeof data['distance'] === 'number' ? metres(data['distance']) : '';
  const moved = typeof data['moved'] === 'number' ? metres(data['moved']) : '';
  const limit = typeof data['limit'] === 'number' ? metres(data['limit']) : '';
  return sayIf(`piles.${form}.${row.reason.code}`, { ...valuesOf(data), distance, moved, limit }) ?? row.reason.code;
}

/** What tells a row apart at a glance: where it is, else what it is called. */
export function rowGist(row: BatchRow): string {
  const state = row.pile === 'gone' ? row.cells.find((cell) => cell.column === 'state') : undefined;
  if (state !== undefined)
    return say('piles.gone', { was: valueWords('state', state.was), now: valueWords('state', state.now) });
  const find = (column: string) => row.cells.find((cell) => cell.column === column)?.now ?? null;
  return String(find('address') ?? find('name') ?? find('owner_text') ?? '');
}
