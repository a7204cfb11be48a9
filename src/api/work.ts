import { z } from 'zod';
import type { Clarity } from '../model/component.ts';
import type { CellChange, Clash, RevisionInfo } from '../model/change.ts';
import type { Finding, FindingPhase, Severity } from '../model/finding.ts';
import type { BatchInfo } from './delivery.ts';
import { command, job, query } from './define.ts';
import { filter, id, layer, nothing, page, target, type Done, type FileRef } from './shared.ts';

export interface StatsGroup {
  key: string | null;
  name: string | null;
  nameEn: string | null;
  components: number;
  inService: number;
  clear: number;
  /** clear / inService; null when nothing is in service. */
  clarityRate: number | null;
  byClarity: Record<Clarity, number>;
}
export interface Stats {
  components: number;
  inService: number;
  clear: number;
  clarityRate: number | null;
  byClarity: Record<Clarity, number>;
  grids: number;
  streets: number;
  communities: number;
  districtAreaM2: number;
  groups: StatsGroup[];
}
const by = z.enum(['street', 'community', 'class', 'major', 'unit', 'phase', 'grid']);

export interface UnclearCause {
  /** 'ownerless-class' | 'ownerless' | 'disputed' | 'no-owner' | 'unknown-unit' | 'missing-role' | 'expired-unit' | 'unconfirmed' */
  cause: string;
  count: number;
  clarity: Clarity;
  filter: import('../model/filter.ts').Filter;
}

export interface RuleInfo {
  id: string;
  severity: Severity;
  reach: string;
  clause: string | null;
  layers: string[];
  open: number;
  fixed: number;
  excused: number;
  verified: number;
  /** Open ones on components that pass the filter; absent where none was given. */
  here?: number;
}

export interface ReportSheet {
  id: string;
  titleZh: string;
  titleEn: string;
  columns: { key: string; zh: string; en: string; kind: 'text' | 'code' | 'integer' | 'percent' | 'area' | 'date' }[];
  rows: {
    cells: Record<string, string | number | null>;
    strong?: boolean;
    /** Leads to the records behind a figure of this row: column key → filter on components. */
    doors?: Record<string, import('../model/filter.ts').Filter>;
  }[];
  total: number;
}

export const workApi = {
  'stats.get': query<Stats>()(
    z.object({
      by: by.optional(),
      asOf: z
        .string()
        .regex(/^\d{4}-\d{2}-\d{2}$/)
        .optional(),
      filter: filter.nullable().optional(),
    }),
  ),
  'stats.causes': query<UnclearCause[]>()(nothing),
  'overview.get': query<{
    byStreet: Stats;
    byPhase: StatsGroup[];
    byMajor: StatsGroup[];
    batches: BatchInfo[];
    rules: RuleInfo[];
    causes: UnclearCause[];
    /** Clarity rate before the latest accepted batch, for "+1.6 points since …"; null when unknown. */
    before: { rate: number; batchName: string } | null;
  }>()(nothing),

  'check.rules': query<{ rules: RuleInfo[]; checkedAt: string | null; stale: boolean }>()(
    z.object({ filter: filter.nullable().optional() }),
  ),
  'check.run': job<{
    findings: number;
    byRule: Record<string, { severity: Severity; count: number }>;
    bySeverity: Record<Severity, number>;
  }>()(z.object({ rules: z.array(z.string()).optional() })),
  'finding.list': query<{ findings: Finding[]; total: number }>()(
    z.object({
      rule: z.string().optional(),
      phase: z.enum(['open', 'fixed', 'excused', 'verified']).optional(),
      feature: z.object({ layer, id }).optional(),
      /** Only those on components that pass it; findings of other layers are left out. */
      filter: filter.nullable().optional(),
      ...page,
    }),
  ),
  'finding.get': query<Finding>()(z.object({ id })),
  'finding.excuse': command<Done>()(
    z.object({
      ids: z.array(id).min(1).max(10_000),
      reason: z.string().trim().min(1).max(1000),
      until: z.string().nullable(),
    }),
  ),
  'finding.reopen': command<Done>()(z.object({ ids: z.array(id).min(1).max(10_000) })),
  'finding.verify': command<Done>()(z.object({ ids: z.array(id).min(1).max(10_000) })),

  'history.list': query<{ revisions: RevisionInfo[]; total: number }>()(
    z.object({ of: z.object({ layer: z.string(), id }).optional(), ...page }),
  ),
  'history.get': query<{
    revision: RevisionInfo;
    changes: CellChange[];
    total: number;
    bbox: [number, number, number, number] | null;
  }>()(z.object({ id, limit: z.number().int().min(1).max(2000) })),
  /** What Ctrl Z and Ctrl Y would do. `mine` = made by this window. */
  'history.state': query<{ undo: RevisionInfo | null; redo: RevisionInfo | null }>()(
    z.object({ window: z.string().optional() }),
  ),
  /**
   * Without a number: the latest revision (of this window, when given) neither undone nor itself an undo. `force` overwrites clashing cells
   * too; `whole` takes back everything or, where cells clash, nothing: refused as 'clashes' with `clashes` (the first 500) and their `count`.
   */
  'history.undo': command<Done & { undoOf: number; rows: number; clashes: Clash[] }>()(
    z.object({
      revision: id.optional(),
      window: z.string().optional(),
      force: z.boolean().optional(),
      whole: z.boolean().optional(),
    }),
  ),
  'history.redo': command<Done & { undoOf: number; rows: number; clashes: Clash[] }>()(
    z.object({ window: z.string().optional() }),
  ),

  'report.list': query<{ id: string; titleZh: string; titleEn: string; aboutZh: string; aboutEn: string }[]>()(nothing),
  'report.preview': query<{ titleZh: string; titleEn: string; asOf: string; sheets: ReportSheet[] }>()(
    z.object({
      report: z.string(),
      street: z.string().optional(),
      asOf: z.string().optional(),
      rowsPerSheet: z.number().int().min(1).max(2000),
    }),
  ),
  'report.write': job<{ files: FileRef[]; rows: number }>()(
    z.object({
      report: z.string(),
      street: z.string().optional(),
      asOf: z.string().optional(),
      language: z.enum(['zh', 'en']),
      target,
    }),
    { lane: 'read' },
  ),
  'export.write': job<{
    files: FileRef[];
    rows: number;
    losses: { row: number; field: string; code: string; value: string }[];
  }>()(
    z.object({
      layer,
      format: z.enum(['shapefile', 'gpkg', 'geojson', 'csv', 'xlsx']),
      encoding: z.enum(['gbk', 'utf-8']).optional(),
      crs: z.string().optional(),
      filter: filter.nullable().optional(),
      /** The table's filter grammar as text; used where `filter` is absent. */
      where: z.string().max(4000).optional(),
      profile: z.enum(['2026', '2013']).optional(),
      target,
    }),
    { lane: 'read' },
  ),
};
export type { FindingPhase };
