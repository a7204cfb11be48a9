import type { Severity } from '../../../model/finding.ts';
import { sayIf, type Language } from '../../words/index.ts';
import { columnName } from '../../words/revision.ts';
import { valuesOf } from './values.ts';

export interface DoubtWords {
  severity: Severity;
  what: string;
  /** What the person can do about it; null when nothing is needed. */
  todo: string | null;
}

/** Files or tables that could not be read at all. */
const ERRORS = new Set([
  'empty',
  'mislabelled',
  'not-text',
  'no-shapes',
  'shp-unreadable',
  'dbf-unreadable',
  'shp-truncated',
  'dbf-truncated',
  'shapes-damaged',
  'zip-damaged',
  'archive-not-read',
  'zip-encrypted',
  'zip-method',
  'zip-too-many',
  'not-a-workbook',
  'workbook-too-large',
  'xls-too-old',
  'xml-doctype',
  'xml-too-deep',
  'gpkg-damaged',
  'not-a-geopackage',
  'not-kml',
  'kml-damaged',
  'kml-truncated',
  'too-many-folders',
  'protected',
  'not-geojson',
  'json-damaged',
  'json-truncated',
  'json-too-deep',
  'feature-too-large',
  'record-too-long',
  'too-large',
  'table-too-large',
  'too-many-fields',
  'too-many-rows',
  'unknown-encoding',
  'count-mismatch',
  'rounded-number',
  'rounded-column',
]);
/** Facts that need no answer. */
const NOTICES = new Set([
  'title-rows',
  'total-rows',
  'repeated-header',
  'foot-rows',
  'empty-sheets',
  'hidden-sheet',
  'read-as',
  'fields-from-description',
  'folders-together',
  'empty-table',
  'ring-closed',
  'shx-wrong',
  'sidecars-missing',
  'original-not-kept',
  'delivered-before',
  'files-left-aside',
  'return-parts',
  'photos-found',
  'photos-matched',
]);

/** Whether a doubt is only a fact to know. */
export function isNotice(code: string): boolean {
  return NOTICES.has(code);
}

/** One sentence for what is wrong with a file, and what to do; the reader's own message where there is no sentence. */
export function doubtWords(
  doubt: { code: string; message: string; data: Record<string, unknown> },
  language: Language,
): DoubtWords {
  const column = typeof doubt.data['column'] === 'string' ? columnName(doubt.data['column'], language) : '';
  const values = { ...valuesOf(doubt.data), column };
  return {
    severity: ERRORS.has(doubt.code) ? 'error' : NOTICES.has(doubt.code) ? 'info' : 'warning',
    what: sayIf(`doubts.doubt.${doubt.code}`, values) ?? doubt.message,
    todo: sayIf(`doubts.doubtTodo.${doubt.code}`, values),
  };
}
