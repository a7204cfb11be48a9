import type { Database } from 'better-sqlite3';
import { getMeta, setMeta } from './meta.ts';
import { world } from './queries/check-source.ts';
import { revisionNow, type Reader } from './queries/reader.ts';

/** What the findings kept in the project stand for. */
export interface Checked {
  /** When all rules were last brought up to date, ISO 8601. */
  at: string;
  /** The last revision they know of. */
  revision: number;
  /** The day they were found for, ISO 8601. */
  on: string;
  /** Which rules there were, and what there was to check against. */
  basis: string;
}

const KEYS = { at: 'checked_at', revision: 'checked_revision', on: 'checked_on', basis: 'checked_basis' } as const;

/** Null in a project that was never checked as a whole. */
export function readChecked(db: Database): Checked | null {
  const [at, revision, on, basis] = [KEYS.at, KEYS.revision, KEYS.on, KEYS.basis].map((key) => getMeta(db, key));
  if (at == null || revision == null || on == null || basis == null) return null;
  return { at, revision: Number(revision), on, basis };
}

/** The caller holds the transaction. */
export function writeChecked(db: Database, checked: Checked): void {
  for (const [name, value] of Object.entries(checked)) setMeta(db, KEYS[name as keyof Checked], String(value));
}

/** What findings rest on besides the rows: other rules, the first grid or street, another district make all of them doubtful. */
export function basisNow(db: Database, rules: readonly string[]): string {
  return JSON.stringify({ rules, district: getMeta(db, 'district'), ...world(db) });
}

/** When findings were last up to date, and whether something has happened since that they do not know of. */
export function checkedState(
  { db, today }: Reader,
  rules: readonly string[],
): { checkedAt: string | null; stale: boolean } {
  const checked = readChecked(db);
  if (checked === null) return { checkedAt: null, stale: true };
  const stale = checked.revision !== revisionNow(db) || checked.on !== today || checked.basis !== basisNow(db, rules);
  return { checkedAt: checked.at, stale };
}
