import { z } from 'zod';
import type { Bbox } from '../model/geometry/types.ts';
import { job, query } from './define.ts';
import { fileRef, nothing, type FileRef } from './shared.ts';

export interface ProjectInfo {
  name: string;
  file: FileRef;
  district: string;
  districtName: string;
  crs: { code: string; nameZh: string; nameEn: string; lonLatKnown: boolean };
  scheme: string;
  /** Why nothing may be written, or null: {code: 'unknown-trigger'|'read-only-media'|…}. */
  readOnly: { code: string; message: string; data: Record<string, unknown> } | null;
  /** Of everything in the file; null while there is no geometry. */
  extent: Bbox | null;
  counts: { component: number; unitGrid: number; street: number; community: number; unit: number };
  revision: number;
  /** Set on the open that found edits of another program. */
  foreign: {
    /** Null where nothing of it was noted. */
    revision: number | null;
    rows: number;
    /** Tables changed beyond what was noted: that part can't be undone. */
    beyond: { table: string; rowsWas: number; rowsNow: number }[];
  } | null;
}

export interface Recent {
  file: FileRef;
  name: string;
  openedAt: string;
  missing: boolean;
}

export interface Backup {
  file: FileRef;
  at: string;
  size: number;
  reason: 'daily' | 'migration' | 'restore';
}

export interface AppInfo {
  version: string;
  shell: 'electron' | 'server' | 'cli';
  /** The person named at every change; null until asked once on this account. */
  person: string | null;
  suggestedPerson: string;
  recents: Recent[];
  districts: { code: string; name: string }[];
  schemes: string[];
  crs: { code: string; nameZh: string; nameEn: string }[];
}

export interface HostEntry {
  file: FileRef;
  kind: 'folder' | 'file';
  size: number;
  modified: string;
}
export interface HostListing {
  folder: FileRef;
  /** From the root down to this folder. */
  trail: FileRef[];
  roots: FileRef[];
  entries: HostEntry[];
}

export interface TaskInfo {
  id: string;
  method: string;
  state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
  /** What is being done: a word id ('reading', 'matching', 'writing', 'checking', …) and numbers. `total` null while unknown. */
  stage: string;
  done: number;
  total: number | null;
  startedAt: number;
  error: { code: string; message: string; data: Record<string, unknown> } | null;
}

export const projectApi = {
  'app.info': query<AppInfo>()(nothing, { lane: 'engine', anytime: true }),
  'app.setPerson': query<AppInfo>()(z.object({ name: z.string().trim().min(1).max(60) }), {
    lane: 'engine',
    anytime: true,
  }),
  'project.new': query<ProjectInfo>()(
    z.object({
      folder: fileRef.optional(),
      name: z.string().min(1).max(120),
      district: z.string().regex(/^\d{6}$/),
      crs: z.string(),
      scheme: z.string(),
      force: z.boolean().optional(),
    }),
    { lane: 'engine', anytime: true },
  ),
  /** `migrate`: the person agreed that a file of an older Gewu is brought up to date (a backup is made first); else 'migration-needed'. */
  'project.open': query<ProjectInfo>()(
    z.object({
      file: fileRef,
      migrate: z.boolean().optional(),
      /** For reading only, beside whoever has it open. */
      beside: z.boolean().optional(),
      /** The person said that a holder on another computer, silent for minutes, is gone; else 'in-use'. */
      takeOver: z.boolean().optional(),
    }),
    { lane: 'engine', anytime: true },
  ),
  'project.close': query<null>()(nothing, { lane: 'engine', anytime: true }),
  'project.info': query<ProjectInfo | null>()(nothing, { lane: 'engine', anytime: true }),
  /** Makes (or, with `anew`, makes anew) the sample district and opens it; in the person's documents unless a folder and name are given. */
  'project.sample': job<ProjectInfo>()(
    z.object({
      folder: fileRef.optional(),
      name: z.string().min(1).max(120).optional(),
      components: z.number().int().min(1000).max(1_000_000).optional(),
      seed: z.number().int().optional(),
      anew: z.boolean().optional(),
    }),
    { lane: 'engine', anytime: true },
  ),
  'project.backups': query<Backup[]>()(z.object({ file: fileRef.optional() }), { lane: 'engine', anytime: true }),
  'project.restore': query<ProjectInfo>()(z.object({ backup: fileRef }), { lane: 'engine', anytime: true }),
  /** Saves a copy without unknown triggers and views, and opens it. */
  'project.saveClean': query<ProjectInfo>()(z.object({ folder: fileRef.optional(), name: z.string().min(1) }), {
    lane: 'engine',
    anytime: true,
  }),
  'host.list': query<HostListing>()(z.object({ folder: fileRef.optional() }), { lane: 'engine', anytime: true }),
  'task.list': query<TaskInfo[]>()(nothing, { lane: 'engine', anytime: true }),
};
