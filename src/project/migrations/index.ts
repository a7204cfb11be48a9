import type { Database } from 'better-sqlite3';

/** One step forward: from layout `to` − 1 to `to`. Lives in a file of its own, `NNNN-what-it-does.ts`, with a test on a kept older file. */
export interface Migration {
  to: number;
  run(db: Database): void;
}

/** In order, without gaps, the last one reaching the layout this program writes. Layout 1 is the first. */
export const MIGRATIONS: readonly Migration[] = [];

/** Runs every step after `from`; the caller holds the transaction and sets `schema_version`. */
export function migrate(db: Database, from: number, steps: readonly Migration[] = MIGRATIONS): number {
  let at = from;
  for (const step of steps) {
    if (step.to <= at) continue;
    if (step.to !== at + 1) throw new Error(`migration to layout ${step.to} found the file at ${at}`);
    step.run(db);
    at = step.to;
  }
  return at;
}
