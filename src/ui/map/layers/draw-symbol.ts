import { symbol } from '../../kit/symbols.ts';
import { symbolOf } from '../../kit/class-symbols.ts';
import type { Palette } from '../palette.ts';
import type { SymbolPainter } from './sprites.ts';

/** Draws the class symbols of the kit on a canvas; `names` are the class names in the order of `class.list`. */
export function symbolPainter(names: readonly string[], palette: Palette): SymbolPainter {
  return (context, classIndex) => {
    const { fill, line, ink } = symbol(symbolOf(names[classIndex] ?? null));
    if (fill !== undefined) {
      const path = new Path2D(fill);
      context.fillStyle = palette.symbolFill;
      context.fill(path);
      context.stroke(path);
    }
    if (line !== undefined) context.stroke(new Path2D(line));
    if (ink !== undefined) {
      context.fillStyle = context.strokeStyle;
      context.fill(new Path2D(ink));
    }
  };
}
