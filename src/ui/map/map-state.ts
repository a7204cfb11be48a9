import { create } from 'zustand';
import type { ToolNote } from './tools/tool.ts';

interface MapState {
  /** Metres a CSS pixel. */
  resolution: number;
  /** Fewer points drawn than there are; the legend says so. */
  thinned: { shown: number; total: number } | null;
  /** What a tool says by the pointer. */
  note: (ToolNote & { pixel: [number, number] }) | null;
}

/** What the map tells its own pane. */
export const useMapState = create<MapState>()(() => ({ resolution: 1, thinned: null, note: null }));
