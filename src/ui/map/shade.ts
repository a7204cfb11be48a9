import { create } from 'zustand';

/** How streets are coloured on the overview: by a figure a street, in five classes. Set by the overview, drawn by the map. */
export interface Shade {
  kind: 'rate' | 'density' | 'findings';
  /** Street code → figure; missing streets stay plain. */
  values: ReadonlyMap<string, number>;
  /** Upper bounds of the first four classes, ascending. */
  breaks: readonly [number, number, number, number];
  /** Text under the street's name, by street code. */
  texts: ReadonlyMap<string, string>;
}

interface ShadeState {
  shade: Shade | null;
  setShade: (shade: Shade | null) => void;
}

export const useShade = create<ShadeState>()((set) => ({ shade: null, setShade: (shade) => set({ shade }) }));

/** Class 0 to 4 of a value. */
export function shadeClass(value: number, breaks: Shade['breaks']): number {
  const at = breaks.findIndex((bound) => value < bound);
  return at < 0 ? 4 : at;
}
