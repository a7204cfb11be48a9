import { symbol, SYMBOL_BOX } from '../../kit/symbols.ts';
import { symbolOf } from '../../kit/class-symbols.ts';
import type { Palette } from '../palette.ts';
import type { SymbolPainter } from './sprites.ts';

/** Draws the class symbols of the kit on a canvas; `names` are the class names in the order of `class.list`. */
export function symbolPainter(names: readonly string[], palette: Palette): SymbolPainter {
  return (context, classIndex) => {
    const { fill, line, ink } = symbol(symbolOf(names[classIndex] ?? null));
    if (fill !== undefined) {
      const path = new Path2D(fill);
      flood(context, path, palette.symbolFill);
      context.stroke(path);
    }
    if (line !== undefined) context.stroke(new Path2D(line));
    if (ink !== undefined) flood(context, new Path2D(ink), context.strokeStyle);
  };
}

/** Paints all of the symbol's box that lies within a path. */
function flood(context: CanvasRenderingContext2D, path: Path2D, style: CanvasRenderingContext2D['fillStyle']): void {
  context.save();
  context.clip(path);
  context.fillStyle = style;
  context.fillRect(-1, -1, SYMBOL_BOX + 2, SYMBOL_BOX + 2);
  context.restore();
}
