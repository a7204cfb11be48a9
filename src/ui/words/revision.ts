import { COMPONENT_COLUMNS, UNIT_GRID_COLUMNS } from '../../model/component.ts';
import type { RevisionInfo } from '../../model/change.ts';
import { say, sayIf, type Language, type Values } from './index.ts';

/** A column's heading: the standard's in Chinese, its English beside it. */
export function columnName(column: string, language: Language): string {
  const found = [...COMPONENT_COLUMNS, ...UNIT_GRID_COLUMNS].find((one) => one.name === column);
  if (found === undefined) return sayIf(`values.layer.${column}`) ?? column;
  return language === 'zh' ? found.zh : found.en;
}

/** What a revision did in plain words: '修改养护单位', 'Retire 3 components'. */
export function revisionWords(
  revision: Pick<RevisionInfo, 'command' | 'summary' | 'rows'>,
  language: Language,
): string {
  const { column, count, ...rest } = revision.summary;
  const key = `commands.${revision.command.replaceAll('.', '·')}`;
  const rows = typeof count === 'number' ? count : revision.rows;
  const values: Values = {
    ...rest,
    // Of several codes the first stands for all.
    ...(typeof rest['codes'] === 'string' ? { code: rest['codes'].split(' ')[0] } : {}),
    count: rows,
    column: typeof column === 'string' ? columnName(column, language) : '',
    command: revision.command,
    what: turnedOver(revision, language),
  };
  const named = typeof column === 'string' && column !== '';
  const { operation } = revision.summary;
  return (
    (typeof operation === 'string' ? sayIf(`${key}·${operation}`, values) : null) ??
    (named && rows > 1 ? sayIf(`${key}·many`, values) : null) ??
    (named ? sayIf(`${key}·column`, values) : null) ??
    sayIf(key, values) ??
    say('commands.other', values)
  ).trim();
}

/** What an undo or redo takes back: its summary holds that command with its values. */
function turnedOver(revision: Pick<RevisionInfo, 'command' | 'summary' | 'rows'>, language: Language): string {
  const { command } = revision.summary;
  if (typeof command !== 'string' || !TURNS.has(revision.command) || TURNS.has(command)) return '';
  return revisionWords({ ...revision, command }, language);
}

/** What was first done, of a revision that takes another back as of any. */
export function originWords(revision: Pick<RevisionInfo, 'command' | 'summary' | 'rows'>, language: Language): string {
  return turnedOver(revision, language) || revisionWords(revision, language);
}
const TURNS = new Set(['history.undo', 'history.redo', 'batch.undo']);
