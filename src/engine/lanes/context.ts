import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EngineEvent } from '../../api/contract.ts';
import { GewuError } from '../../api/error.ts';
import type { FileRef } from '../../api/shared.ts';
import type { CellValue } from '../../model/component.ts';
import type { ProjectFile, RevisionDone } from '../../project/project-file.ts';
import type { RevisionTx } from '../../project/recorder.ts';
import type { FromLane, LaneCall, LaneData } from './protocol.ts';

const PROGRESS_EVERY_MS = 100;

/** What a handler has at hand while it answers one request. */
export interface LaneContext {
  /** @throws GewuError 'no-project' where none is open */
  readonly project: ProjectFile;
  /** For the few methods that also work without a project. */
  readonly projectOrNull: ProjectFile | null;
  /** ISO 8601 local day. */
  readonly today: string;
  readonly person: string;
  readonly window: string | null;
  readonly requestId: string;
  /** Folder of catalogues and report templates (file: URL ending in a slash). */
  readonly resources: URL;
  readonly sampleModule: string | null;
  /** Folder for files offered as downloads; make it before writing. */
  readonly temp: string;
  /** Paths behind the file tokens of this request's input. */
  readonly files: { path(ref: string): string };
  /** Registers a written file (or a folder) so that the page can fetch it. */
  newFile(file: string): FileRef;
  /** `stage` is a word id; told at most ten times a second. */
  progress: (stage: string, done: number, total: number | null) => void;
  cancelled: () => boolean;
  /** @throws GewuError 'cancelled' */
  checkCancel: () => void;
  /** Lets waiting commands run; to be awaited between the blocks of a job, outside of any transaction. @throws GewuError 'cancelled' */
  breathe: () => Promise<void>;
  /** A thing kept in memory as long as this connection lives, made at first use: views, the map index. */
  held<T extends object>(make: (project: ProjectFile) => T): T;
  /** What the lane keeps beside its connection, gone with it. */
  readonly kept: LaneRoom['kept'];
  /** Changes the project as one revision in the name of this request: who, from which window, by which method. @throws ProjectError */
  revise<T>(summary: Record<string, CellValue>, work: (tx: RevisionTx) => T): RevisionDone<T>;
  /** Says what a revision made otherwise than by `revise` has changed; without it everything is asked again. */
  noteChanged(changed: ReadonlyMap<string, readonly number[]>): void;
  /** Ids by table as noted, or null when nothing was. */
  readonly changed: ReadonlyMap<string, readonly number[]> | null;
  /** Tells every window, and the other lanes, of something other than a revision. */
  tell(event: EngineEvent): void;
  /** Hands the rows of a view to the map lane. */
  shareView(viewId: string, ids: Int32Array): void;
}

/** The lane's side of a request: its connection and what is kept with it. */
export interface LaneRoom {
  readonly data: LaneData;
  /** Opens the connection at first use; null while no project is open. */
  connection(): ProjectFile | null;
  readonly kept: Map<unknown, object>;
  post(message: FromLane, transfer?: ArrayBuffer[]): void;
}

export function makeContext(room: LaneRoom, call: LaneCall): LaneContext {
  const { data, kept } = room;
  const { today, person, window, requestId } = call;
  let changed: ReadonlyMap<string, readonly number[]> | null = null;
  const context: LaneContext = {
    ...stopping(call),
    get projectOrNull() {
      return room.connection();
    },
    get project() {
      const project = room.connection();
      if (project === null) throw new GewuError('no-project', 'No project is open.');
      return project;
    },
    today,
    person,
    window,
    requestId,
    resources: new URL(data.resources),
    sampleModule: data.sampleModule,
    temp: data.temp,
    files: { path: (ref) => knownPath(call, ref) },
    newFile: (file) => announceFile(room, file),
    progress: progressTeller(room, call),
    kept,
    held: (make) => keep(room, context, make),
    revise(summary, work) {
      const { method: command, input } = call;
      const done = context.project.revise({ command, input, summary, person, window }, work);
      changed = done.changed;
      return done;
    },
    noteChanged(noted) {
      changed = noted;
    },
    get changed() {
      return changed;
    },
    tell: (event) => room.post({ type: 'event', event }),
    shareView(viewId, ids) {
      const shared = new Int32Array(new SharedArrayBuffer(ids.byteLength));
      shared.set(ids);
      room.post({ type: 'view', viewId, ids: shared });
    },
  };
  return context;
}

/** Cancelling, as the caller's word of shared memory says it. */
function stopping(call: LaneCall): Pick<LaneContext, 'cancelled' | 'checkCancel' | 'breathe'> {
  const cancelled = () => Atomics.load(call.cancel, 0) !== 0;
  const checkCancel = () => {
    if (cancelled()) throw new GewuError('cancelled', 'Stopped by the user; nothing was changed.');
  };
  return {
    cancelled,
    checkCancel,
    async breathe() {
      checkCancel();
      // Messages arrive in the poll phase: one turn brings it round, the second lets what arrived run.
      await nextTurn();
      await nextTurn();
      checkCancel();
    },
  };
}

/** Tells a new stage and its end at once, what lies between at most ten times a second. */
function progressTeller(room: LaneRoom, call: LaneCall): LaneContext['progress'] {
  let toldAt = 0;
  let toldStage = '';
  return (stage, done, total) => {
    const now = performance.now();
    if (stage === toldStage && done !== total && now - toldAt < PROGRESS_EVERY_MS) return;
    toldAt = now;
    toldStage = stage;
    room.post({ type: 'progress', seq: call.seq, stage, done, total });
  };
}

function knownPath(call: LaneCall, ref: string): string {
  const full = call.files[ref];
  if (full === undefined)
    throw new GewuError('not-found', 'This file is no longer known; pick it again.', { reason: 'file-ref', ref });
  return full;
}

function keep<T extends object>(room: LaneRoom, context: LaneContext, make: (project: ProjectFile) => T): T {
  const known = room.kept.get(make);
  // Only what this very `make` returned is kept under it.
  if (known !== undefined) return known as T;
  const made = make(context.project);
  room.kept.set(make, made);
  return made;
}

function announceFile(room: LaneRoom, file: string): FileRef {
  const ref = randomBytes(18).toString('base64url');
  const full = path.resolve(file);
  room.post({ type: 'file', ref, path: full });
  const stat = statSync(full);
  return { ref, name: path.basename(full), ...(stat.isFile() ? { size: stat.size } : {}) };
}
