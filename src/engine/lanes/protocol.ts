import type { EngineEvent } from '../../api/contract.ts';
import type { WireError } from '../../api/error.ts';

/**
 * The worker threads of an engine. write: the one writing connection, commands and jobs that change the project · read: queries ·
 * map: tiles and hits · aside: jobs that only read (inspect, export, report), on a connection of their own so that queries never wait for them.
 */
export const LANES = ['write', 'read', 'map', 'aside'] as const;
export type LaneName = (typeof LANES)[number];

/** Given to a worker when it starts. URLs as text. */
export interface LaneData {
  lane: LaneName;
  /** Folder of catalogues and templates, with a slash at its end. */
  resources: string;
  /** Module that exports `writeSample`, or null where the shell ships none. */
  sampleModule: string | null;
  /** Folder for files offered as downloads; made when first needed, removed when the engine closes. */
  temp: string;
}

/** One request as a lane gets it: input already checked at the door, file tokens with their paths beside. */
export interface LaneCall {
  /** Number of the call on this lane. */
  seq: number;
  requestId: string;
  method: string;
  input: unknown;
  window: string | null;
  person: string;
  /** ISO 8601 local day. */
  today: string;
  files: Record<string, string>;
  /** [0] becomes 1 when the caller wants no answer any more. */
  cancel: Int32Array<SharedArrayBuffer>;
}

export type ToLane =
  /** `afterDeath`: a thread before this one had it open and is gone without closing it. */
  | {
      type: 'open';
      path: string;
      person: string;
      today: string;
      afterDeath: boolean;
      migrate: boolean;
      beside: boolean;
      takeOver: boolean;
    }
  | { type: 'call'; call: LaneCall }
  /** Something was committed (or, for the map lane, checked): what a lane keeps in memory must follow. */
  | { type: 'event'; event: EngineEvent }
  /** The rows of a view of the read lane, for the map lane. */
  | { type: 'view'; viewId: string; ids: Int32Array<SharedArrayBuffer> }
  /** Ends the connection; answered by 'closed'. The thread stays. */
  | { type: 'close' };

export type FromLane =
  | { type: 'started'; seq: number }
  | { type: 'progress'; seq: number; stage: string; done: number; total: number | null }
  /** A file the lane wrote, before the answer that names it. */
  | { type: 'file'; ref: string; path: string }
  | { type: 'answer'; seq: number; ok: true; value: unknown }
  | { type: 'answer'; seq: number; ok: false; error: WireError }
  | { type: 'event'; event: EngineEvent }
  | { type: 'view'; viewId: string; ids: Int32Array<SharedArrayBuffer> }
  /** A fault of Gewu's own with where it happened, for the log. */
  | { type: 'fault'; text: string }
  | { type: 'closed' };
