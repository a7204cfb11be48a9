import type MapBrowserEvent from 'ol/MapBrowserEvent.js';
import PointerInteraction from 'ol/interaction/Pointer.js';
import type { Position } from '../../../model/geometry/types.ts';
import type { MapTool, PointerAt } from './tool.ts';

/** Hands the pointer to the tool in use. A press the tool does not take pans the map. */
export class Hand extends PointerInteraction {
  #tool: MapTool | null = null;

  take(tool: MapTool | null): void {
    this.#tool?.exit();
    this.#tool = tool;
    tool?.enter();
  }

  get tool(): MapTool | null {
    return this.#tool;
  }

  override handleEvent(event: MapBrowserEvent): boolean {
    // What the tool holds by keys is moved by the arrows; the map stays.
    if (event.type === 'keydown' && this.#tool?.network?.holds === true) return false;
    return super.handleEvent(event);
  }

  override handleDownEvent(event: MapBrowserEvent): boolean {
    return this.#tool?.down?.(pointerAt(event)) ?? false;
  }

  override handleDragEvent(event: MapBrowserEvent): void {
    this.#tool?.drag?.(pointerAt(event));
  }

  override handleUpEvent(event: MapBrowserEvent): boolean {
    this.#tool?.up?.(pointerAt(event));
    return false;
  }
}

export function pointerAt(event: MapBrowserEvent): PointerAt {
  const [x = 0, y = 0] = event.coordinate;
  const keys = event.originalEvent as { shiftKey?: boolean; altKey?: boolean };
  const at: Position = [x, y];
  return { at, shift: keys.shiftKey === true, alt: keys.altKey === true };
}
