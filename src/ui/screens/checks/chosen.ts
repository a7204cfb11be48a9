import { create } from 'zustand';
import type { Finding, FindingPhase } from '../../../model/finding.ts';

interface Chosen {
  phase: FindingPhase;
  /** Findings that are chosen, by id; the last one is the one that is shown. */
  findings: readonly Finding[];
  primary: number | null;
  /** Its row in the table, and how many rows there are: for "3 of 126" and for going on. */
  index: number;
  total: number;
  setPhase: (phase: FindingPhase) => void;
  choose: (findings: readonly Finding[], primary: number | null, index: number) => void;
  clear: () => void;
}

const NONE = { findings: [], primary: null, index: 0 } as const;

/** Which findings are looked at; table and side panel share it. */
export const useChosen = create<Chosen>()((set) => ({
  phase: 'open',
  ...NONE,
  total: 0,
  setPhase: (phase) => set({ phase, ...NONE }),
  choose: (findings, primary, index) => set({ findings, primary, index }),
  clear: () => set({ ...NONE }),
}));

export function primaryOf({ findings, primary }: Pick<Chosen, 'findings' | 'primary'>): Finding | null {
  return findings.find((one) => one.id === primary) ?? null;
}
