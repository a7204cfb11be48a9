import type { z } from 'zod';

/** query: never changes the project · command: changes it once, as one revision · job: long, with progress and cancel; changes it at most once at its end. */
export type Kind = 'query' | 'command' | 'job';
/** read: queries on the read connection · write: commands and jobs, one after another · map: tiles and hits from an index in memory · engine: answered on the engine's own thread (files, projects, tasks). */
export type Lane = 'read' | 'write' | 'map' | 'engine';

export interface Definition<
  I extends z.ZodType = z.ZodType,
  O = unknown,
  K extends Kind = Kind,
  L extends Lane = Lane,
> {
  kind: K;
  lane: L;
  input: I;
  /** Output is one Uint8Array: transferred over a port, sent as application/octet-stream over http. */
  binary: boolean;
  /** May be asked while no project is open. */
  anytime: boolean;
  /** Never present at run time; carries the output type. */
  readonly output?: O;
}

interface Options<L extends Lane> {
  lane?: L;
  binary?: boolean;
  anytime?: boolean;
}

function define<O, K extends Kind, F extends Lane>(kind: K, fallback: F) {
  return <I extends z.ZodType, L extends Lane = F>(input: I, options: Options<L> = {}): Definition<I, O, K, L> => ({
    kind,
    // Without an option L is F, so the fallback is an L.
    lane: options.lane ?? (fallback as unknown as L),
    input,
    binary: options.binary ?? false,
    anytime: options.anytime ?? false,
  });
}

export const query = <O>() => define<O, 'query', 'read'>('query', 'read');
export const command = <O>() => define<O, 'command', 'write'>('command', 'write');
export const job = <O>() => define<O, 'job', 'write'>('job', 'write');
