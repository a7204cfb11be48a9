import { OUT_OF_SERVICE_STATES, type CellValue, type Clarity } from '../../model/component.ts';
import { say, sayIf } from './index.ts';

/** A known value of a column in the language of the screen (完好 → Good); anything else as it is written in the file. */
export function valueWords(column: string, value: CellValue): string {
  if (value === null || value === '') return say('values.blank');
  const group = column === 'major_code' ? 'major' : column;
  return sayIf(`values.${group}.${value}`) ?? String(value);
}

/** What the shape in front of a component says: its clarity, or that it no longer serves. */
export function markOf(cells: Readonly<Record<string, CellValue>>): Clarity | 'out' {
  const state = cells['state'];
  if (OUT_OF_SERVICE_STATES.some((one) => one === state)) return 'out';
  const clarity = cells['clarity'];
  return clarity === 'clear' || clarity === 'partial' || clarity === 'disputed' ? clarity : 'unclear';
}
