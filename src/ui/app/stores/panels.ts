import { create } from 'zustand';

/** Sizes in CSS pixels, and the share of the height the map takes above a table. */
export interface Panels {
  inspector: number;
  facets: number;
  mapShare: number;
  /** Left columns of single screens (causes, rules, batches), by screen. */
  left: number;
}
interface PanelState extends Panels {
  resize: (panel: keyof Panels, size: number) => void;
}

export const PANEL_LIMITS: Record<keyof Panels, readonly [least: number, most: number]> = {
  inspector: [280, 480],
  facets: [180, 320],
  mapShare: [0.12, 0.85],
  left: [220, 420],
};

const KEPT = 'gewu.panels';
const USUAL: Panels = { inspector: 340, facets: 212, mapShare: 0.405, left: 300 };

function remembered(): Panels {
  const kept = JSON.parse(globalThis.localStorage?.getItem(KEPT) ?? '{}') as Partial<Record<keyof Panels, unknown>>;
  const sizes = { ...USUAL };
  for (const panel of ['inspector', 'facets', 'mapShare', 'left'] as const) {
    const value = kept[panel];
    if (typeof value === 'number') sizes[panel] = within(panel, value);
  }
  return sizes;
}

function within(panel: keyof Panels, size: number): number {
  const [least, most] = PANEL_LIMITS[panel];
  return Math.min(most, Math.max(least, size));
}

export const usePanels = create<PanelState>()((set) => ({
  ...remembered(),
  resize: (panel, size) => set({ [panel]: within(panel, size) }),
}));

usePanels.subscribe(({ inspector, facets, mapShare, left }) => {
  globalThis.localStorage?.setItem(KEPT, JSON.stringify({ inspector, facets, mapShare, left }));
});
