import { isNotice } from './doubt-words.ts';
import type { InspectedTable, Inspection, TablePlan } from '../../../api/delivery.ts';

/** From here on an answer may be used without asking; the engine refuses what lies below. */
export const SURE = 0.8;

export type Question =
  | { about: 'kind' }
  | { about: 'encoding'; candidates: number }
  | { about: 'crs'; candidates: number }
  | { about: 'fields'; count: number; first: string };

/** Left out by the person now, or at the last delivery of this form. */
export function isSkipped(table: Pick<InspectedTable, 'skip'>, plan: TablePlan | undefined): boolean {
  return plan?.skip ?? table.skip;
}

/** What a person must say before a table can be read. Tables without rows or set aside ask nothing. */
export function questionsOf(table: InspectedTable, plan: TablePlan | undefined): Question[] {
  if (isSkipped(table, plan) || table.rows === 0) return [];
  if (table.as.value === null) return [{ about: 'kind' }];
  const questions: Question[] = [];
  const { encoding, crs } = table;
  if (plan?.encoding === undefined && encoding.name !== null && encoding.confidence < SURE) {
    questions.push({ about: 'encoding', candidates: encoding.candidates.length });
  }
  if ((crs.candidates.length > 0 && crs.confidence < SURE) || isPlaceless(table))
    questions.push({ about: 'crs', candidates: crs.candidates.length });
  const unsure = table.fields.filter(isUnsure);
  const [first] = unsure;
  if (first !== undefined) questions.push({ about: 'fields', count: unsure.length, first: first.name });
  return questions;
}

/** It has coordinates, and they lie in no system that is known here. */
export function isPlaceless({ crs }: Pick<InspectedTable, 'crs'>): boolean {
  return crs.code === null && crs.evidence.some((one) => one.code === 'outside-every-range');
}

/** A field put to a column on a guess. */
export function isUnsure(field: InspectedTable['fields'][number]): boolean {
  return field.role !== null && field.confidence < SURE;
}

/**
 * Whether every table comes in a form known from an earlier delivery, complete and with nothing to ask, and the files are new and whole:
 * then no step between dropping them and the piles is needed.
 */
export function isAsBefore({ files, tables, doubts }: Inspection): boolean {
  const used = tables.filter((table) => table.rows > 0 && !isSkipped(table, undefined));
  const known = used.every(
    (table) =>
      table.savedMapping &&
      questionsOf(table, undefined).length === 0 &&
      table.doubts.every(({ code }) => isNotice(code)),
  );
  const news = files.some((file) => file.deliveredBefore === null);
  return used.length > 0 && known && news && doubts.every(({ code }) => isNotice(code));
}
