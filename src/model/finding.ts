import type { CellValue, LayerName } from './component.ts';

export const SEVERITIES = ['error', 'warning', 'info'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** How far a change to one feature can alter a rule's findings: the feature alone, what lies near it, its whole layer, or the tiling. */
export type Reach = 'self' | 'neighbours' | 'layer' | 'tiling';

/** found → fixed (no longer there when checked again) or excused → verified (a person looked). */
export type FindingPhase = 'open' | 'fixed' | 'excused' | 'verified';

/** What a rule reports. Identity = rule + features + key, so the same finding keeps its life from run to run. Ids and data, never sentences. */
export interface FindingDraft {
  rule: string;
  /** Features concerned, the one to select first in front. */
  features: { layer: LayerName; id: number }[];
  /** Tells apart two findings of one rule on the same features ('' where there can be one only). */
  key: string;
  /** Where to look, project CRS metres; null when the feature has no place. */
  at: [number, number] | null;
  /** Values the sentence needs: {column, value, expected, distance, …}. */
  data: Record<string, CellValue>;
}

export interface Finding extends FindingDraft {
  id: number;
  severity: Severity;
  phase: FindingPhase;
  foundAt: string;
  fixedAt: string | null;
  exception: { reason: string; until: string | null; person: string; at: string } | null;
}
