import type VectorSource from 'ol/source/Vector.js';
import type { Client } from '../../../api/client.ts';
import type { Bbox, Position } from '../../../model/geometry/types.ts';
import type { Palette } from '../palette.ts';
import type { PointLayer } from '../layers/points.ts';

/** What a tool may use of the map. Sizes are in metres of the project CRS. */
export interface ToolRoom {
  client: Client;
  /** The sheet a tool draws on; emptied when it is left. */
  sheet: VectorSource;
  points: PointLayer;
  palette(): Palette;
  resolution(): number;
  /** The view of the filter in force, for what may be clicked. */
  viewId(): string | null;
  /** A short sentence by the pointer (refusal, live numbers), or none. */
  say(note: ToolNote | null): void;
  setCursor(cursor: string): void;
  /** The keyboard speaks to the map. */
  focus(): void;
  /** Moves the map, as little as needed, so that a place is well inside it. */
  reveal(at: Position): void;
  goTo(box: Bbox): void;
}

export interface ToolNote {
  at: Position;
  tone: 'plain' | 'refusal' | 'done';
  text: string;
}

export interface PointerAt {
  at: Position;
  shift: boolean;
  alt: boolean;
}

/** One way the pointer acts. `exit` returns to where `enter` began: nothing of a half-done act stays. */
export interface MapTool {
  enter(): void;
  exit(): void;
  /** Pressed: true takes the drag, so that the map does not pan. */
  down?(pointer: PointerAt): boolean;
  drag?(pointer: PointerAt): void;
  up?(pointer: PointerAt): void;
  move?(pointer: PointerAt): void;
  click?(pointer: PointerAt): void;
  doubleClick?(pointer: PointerAt): void;
  key?(key: 'Enter' | 'Backspace'): void;
  /** What the tool does by keys with the network of grids. */
  readonly network?: NetworkKeys;
}

/** The unit grids by keyboard: one node or edge of the selected grid is held at a time. */
export interface NetworkKeys {
  /** While something is held the arrow keys move it, not the map. */
  readonly holds: boolean;
  step(by: 1 | -1): Promise<void>;
  edge(): Promise<void>;
  /** Metres east and north. */
  nudge(by: Position): void;
  /** True where it may go there. */
  put(to: Position): boolean;
  commit(): void;
  insert(): void;
}
