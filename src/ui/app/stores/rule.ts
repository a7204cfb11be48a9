import { create } from 'zustand';

interface ShownRule {
  /** Rule the checks screen shows; null lets it choose the gravest open one. */
  rule: string | null;
  show(rule: string | null): void;
}

/** Which rule's findings are looked at; doors elsewhere set it. */
export const useShownRule = create<ShownRule>()((set) => ({ rule: null, show: (rule) => set({ rule }) }));
