import { create } from 'zustand';
import type { Inspection, TablePlan } from '../../../api/delivery.ts';
import type { FileRef } from '../../../api/shared.ts';
import type { Clash } from '../../../model/change.ts';

/** The road of one delivery: looked at, matched to columns, staged into batches. It outlives leaving the screen. */
export interface Flow {
  /** Project the flow belongs to; with another one open it begins anew. */
  project: string | null;
  files: readonly FileRef[];
  /** What the person decided, a table each; everything else is decided by evidence. */
  plans: readonly TablePlan[];
  inspection: Inspection | null;
  /** Which table is looked at. */
  table: number;
  saveMapping: boolean;
  /** A blank takes the value of a known row away. */
  clearBlanks: boolean;
  /** Staged without a question, since every table came in a form that is known. */
  asBefore: boolean;
  /** Batches made from these files, and the one that is open. */
  made: readonly number[];
  batch: number | null;
  /** Cells left as they are when a batch was taken back, until a person has seen them. */
  left: readonly Clash[];
  job: { id: string; method: 'delivery.inspect' | 'delivery.stage' } | null;
  error: Error | null;
}

export const NO_FLOW: Flow = {
  project: null,
  files: [],
  plans: [],
  inspection: null,
  table: 0,
  saveMapping: true,
  clearBlanks: false,
  asBefore: false,
  made: [],
  batch: null,
  left: [],
  job: null,
  error: null,
};

export const useFlow = create<Flow>()(() => NO_FLOW);

export type FlowStep = 'look' | 'match' | 'check' | 'piles' | 'accept';
export const FLOW_STEPS: readonly FlowStep[] = ['look', 'match', 'check', 'piles', 'accept'];

/** Which step of the road is under way, apart from what a batch's own state says. */
export function stepOf(flow: Flow): FlowStep {
  if (flow.batch !== null) return 'piles';
  if (flow.job?.method === 'delivery.stage') return 'check';
  return flow.inspection === null ? 'look' : 'match';
}
