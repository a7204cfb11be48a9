import { createHash } from 'node:crypto';
import { tablePlan, type ImportAs, type TablePlan } from '../../api/delivery.ts';
import { sourcesOf } from '../../model/derive.ts';
import type { Axes } from '../../model/geometry/crs-answer.ts';
import { ANY } from './check-plan.ts';
import { headingKey } from './dictionary.ts';

/** How a table was read: null where it has no such thing. */
export interface Reading {
  encoding: string | null;
  crs: string | null;
  axes: Axes;
}

export interface SavedClass {
  table: string;
  classCode: string;
  scheme: string | null;
}

/** What is remembered of a supplier's form: all that was decided about it, and what the evidence had said. */
export interface SavedForm {
  as: ImportAs;
  /** Mapping and derived columns as they were used, and what a person said of encoding and place. */
  plan: TablePlan;
  /** How it was read, said or by evidence. */
  used: Reading;
  /** What the evidence alone had said: the same evidence again means that the person's word still holds. */
  found: Reading;
  /** Classes a person gave tables that did not say their own. */
  classes: SavedClass[];
}

/** Same headings in any order give the same signature: a supplier's next delivery is recognised by it. */
export function headerSignature(names: readonly string[]): string {
  const keys = names.map(headingKey).toSorted();
  return createHash('sha256').update(keys.join('\n')).digest('hex').slice(0, 16);
}

/** Headings a form speaks of. */
export function headingsOf({ plan }: SavedForm): string[] {
  const fields = (plan.mapping ?? []).map(({ field }) => field);
  return [...new Set([...fields, ...(plan.derived ?? []).flatMap(sourcesOf)])];
}

const NOTHING: Reading = { encoding: null, crs: null, axes: 'east-north' };

export function writeForm(form: SavedForm): string {
  const { plan, used, found, classes } = form;
  return JSON.stringify({ plan: { ...plan, file: undefined, table: undefined }, used, found, classes });
}

/** A form as stored; a bare list of fields is how earlier versions kept it. Null for what cannot be understood any more. */
export function readForm(as: ImportAs, text: string): SavedForm | null {
  const stored = JSON.parse(text) as unknown;
  const held = (Array.isArray(stored) ? { plan: { mapping: stored } } : stored) as Partial<SavedForm>;
  const plan = tablePlan.safeParse({ ...held.plan, file: ANY, table: ANY });
  if (!plan.success) return null;
  return { as, plan: plan.data, used: held.used ?? NOTHING, found: held.found ?? NOTHING, classes: held.classes ?? [] };
}
