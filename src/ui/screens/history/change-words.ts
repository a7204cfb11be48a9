import type { CellChange } from '../../../model/change.ts';
import { sayIf, type Language, type Translate } from '../../words/index.ts';
import { columnName } from '../../words/revision.ts';
import type { ChangeNames } from './names.ts';

/** The kind of thing a table holds, one of them: 部件, Component. */
export function layerWords(layer: string): string {
  return sayIf(`history.one.${layer}`) ?? sayIf(`values.layer.${layer}`) ?? layer;
}

/** What a change is about, in one line. */
export function featureWords({ layer, id }: Pick<CellChange, 'layer' | 'id'>, names: ChangeNames): string {
  const found = names.featureOf(layer, id);
  const parts = found === null ? [String(id)] : [found.code, found.name ?? ''];
  return [layerWords(layer), ...parts].filter((part) => part !== '').join(' ');
}

/** The field of a change as the standard calls it. */
export function changedColumn({ column, now, was }: CellChange, t: Translate, language: Language): string {
  if (column === 'id') return was === null && now !== null ? t('history.made') : t('history.gone');
  if (column === 'geom') return t('history.geometry');
  return sayIf(`history.field.${column}`) ?? columnName(column, language);
}
