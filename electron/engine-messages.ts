import type { FileRef } from '../src/api/shared.ts';

/** What main tells the engine's process. 'window' comes with one port, which the engine then serves. */
export type ToEngine =
  { type: 'window' } | { type: 'open'; path: string } | { type: 'ask'; id: number; ask: Ask } | { type: 'close' };

/** Paths become tokens here, and tokens of files Gewu wrote become paths; nobody else can do either. */
export type Ask = { what: 'refs'; paths: string[] } | { what: 'result'; ref: string };
export interface Answers {
  refs: FileRef[];
  /** Null for a token that is not a file Gewu wrote. */
  result: string | null;
}

/** What the engine's process tells main. */
export type FromEngine =
  | { type: 'answer'; id: number; value: Answers[keyof Answers] }
  /** The project open now, to be opened again should this process end. */
  | { type: 'project'; path: string | null };
