import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const rectangle = z.object({ x: z.int(), y: z.int(), width: z.int().min(1), height: z.int().min(1) });
const shape = z.object({
  bounds: rectangle.nullable(),
  maximized: z.boolean(),
  theme: z.enum(['light', 'dark']).nullable(),
  language: z.enum(['zh', 'en']),
});
/** What the shell remembers: where the window was, and how it looked, so that its first frame has the right colours and menu. */
export type WindowState = z.infer<typeof shape>;
/** Screen pixels, independent of scale. */
export type Rectangle = z.infer<typeof rectangle>;

const FRESH: WindowState = { bounds: null, maximized: false, theme: null, language: 'zh' };

export class WindowStateStore {
  readonly #file: string;
  #state: WindowState;

  constructor(folder: string) {
    this.#file = path.join(folder, 'window.json');
    this.#state = readState(this.#file);
  }

  get state(): WindowState {
    return this.#state;
  }

  note(part: Partial<WindowState>): void {
    this.#state = { ...this.#state, ...part };
    mkdirSync(path.dirname(this.#file), { recursive: true });
    const beside = `${this.#file}.${process.pid}`;
    writeFileSync(beside, `${JSON.stringify(this.#state)}\n`);
    renameSync(beside, this.#file);
  }
}

/** An unreadable file counts as none: where a window was must never keep Gewu from starting. */
function readState(file: string): WindowState {
  try {
    return shape.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return FRESH;
  }
}

const SIZE = { width: 1440, height: 900 };
/** This much of a window's upper edge has to be on a screen, or nobody could take hold of it. */
const GRIP = { width: 120, height: 40 };

/**
 * Where a window opens: where it was, if a screen is still there; else in the middle of the first screen.
 * `areas` are the screens without task bars, the primary one first.
 */
export function placeFor(bounds: Rectangle | null, areas: readonly Rectangle[]): Partial<Rectangle> {
  if (bounds !== null && areas.some((area) => canBeTaken(bounds, area))) return bounds;
  const [first] = areas;
  if (first === undefined) return SIZE;
  const width = Math.min(SIZE.width, first.width);
  const height = Math.min(SIZE.height, first.height);
  const x = first.x + Math.round((first.width - width) / 2);
  const y = first.y + Math.round((first.height - height) / 2);
  return { x, y, width, height };
}

function canBeTaken(bounds: Rectangle, area: Rectangle): boolean {
  const wide = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x);
  const inRows = bounds.y >= area.y && bounds.y + GRIP.height <= area.y + area.height;
  return wide >= GRIP.width && inRows;
}
