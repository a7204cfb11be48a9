import type { ImportAs } from '../../../api/delivery.ts';
import { COMPONENT_COLUMNS, UNIT_GRID_COLUMNS } from '../../../model/component.ts';
import { sayIf, type Language } from '../../words/index.ts';
import { columnName } from '../../words/revision.ts';

const delivered = (columns: typeof COMPONENT_COLUMNS) =>
  columns.filter((one) => one.delivered === true).map((one) => one.name);

/** Columns a delivery of a kind may fill, in the order of the file, then what only helps: coordinates, other names. */
const TARGETS: Record<ImportAs, readonly string[]> = {
  component: [...delivered(COMPONENT_COLUMNS), 'x', 'y', 'lon', 'lat', 'street_code_text', 'community_code_text'],
  'unit-grid': delivered(UNIT_GRID_COLUMNS),
  street: ['code', 'name', 'aliases'],
  community: ['code', 'name', 'aliases'],
  unit: [
    'name',
    'short_name',
    'code',
    'credit_code',
    'kind',
    'valid_from',
    'valid_to',
    'contact',
    'aliases',
    'parent_name',
  ],
};

export function targetsOf(as: ImportAs): readonly string[] {
  return TARGETS[as];
}

/** What a column is called for this kind of thing. */
export function targetName(as: ImportAs, column: string, language: Language): string {
  const own = sayIf(`matching.target.${column}`);
  if (as === 'component')
    return COMPONENT_COLUMNS.some((one) => one.name === column) ? columnName(column, language) : (own ?? column);
  if (as === 'unit-grid') {
    const found = UNIT_GRID_COLUMNS.find((one) => one.name === column);
    return (language === 'zh' ? found?.zh : found?.en) ?? column;
  }
  return sayIf(`matching.targetOf.${as}.${column}`) ?? own ?? column;
}
