import { OUT_OF_SERVICE_INDEX } from '../../../model/tile.ts';
import type { Palette } from '../palette.ts';
import { drawClarity } from './clarity-shape.ts';

/** Small pictures drawn once and stamped many times. Sizes in CSS pixels. */
export interface Sprite {
  canvas: HTMLCanvasElement;
  size: number;
}

export interface SymbolPainter {
  /** Draws the class symbol in a 14-unit box with its upper left at 0, 0. */
  (context: CanvasRenderingContext2D, classIndex: number): void;
}

/** Pictures for dots and symbols of one theme and pixel ratio. */
export class Sprites {
  readonly #palette: Palette;
  readonly #ratio: number;
  readonly #symbol: SymbolPainter;
  readonly #kept = new Map<string, Sprite>();

  constructor(palette: Palette, ratio: number, symbol: SymbolPainter) {
    this.#palette = palette;
    this.#ratio = ratio;
    this.#symbol = symbol;
  }

  /** For what is drawn without a picture. */
  get ink(): string {
    return this.#palette.symbol;
  }

  /** A dot whose shape tells the clarity: disc, half disc, lozenge, ring; a dash for what is out of service. */
  dot(clarity: number, diameter: number, ghost: boolean): Sprite {
    return this.#make(`dot/${clarity}/${diameter}/${ghost}`, diameter + 4, (context, size) => {
      context.globalAlpha = ghost ? 0.28 : 1;
      context.translate(size / 2, size / 2);
      drawClarity(context, clarity, diameter / 2, this.#palette, true);
    });
  }

  /** The class symbol in ink; a clarity shape at its shoulder only when it is not clear: all well is quiet. */
  symbol(classIndex: number, clarity: number, box: number, ghost: boolean): Sprite {
    return this.#make(`symbol/${classIndex}/${clarity}/${box}/${ghost}`, box + 10, (context, size) => {
      context.globalAlpha = ghost ? 0.28 : 1;
      const left = (size - box) / 2;
      context.save();
      context.translate(left, left);
      context.scale(box / 14, box / 14);
      const out = clarity === OUT_OF_SERVICE_INDEX;
      context.strokeStyle = out ? this.#palette.clarity.out : this.#palette.symbol;
      context.fillStyle = this.#palette.symbolFill;
      context.lineWidth = 1.1;
      this.#symbol(context, classIndex);
      context.restore();
      if (clarity === 0 || out) return;
      context.translate(left + box - 1, left + 1);
      drawClarity(context, clarity, 3.4, this.#palette, true);
    });
  }

  #make(key: string, size: number, draw: (context: CanvasRenderingContext2D, size: number) => void): Sprite {
    const held = this.#kept.get(key);
    if (held !== undefined) return held;
    const canvas = document.createElement('canvas');
    canvas.width = Math.ceil(size * this.#ratio);
    canvas.height = canvas.width;
    const context = canvas.getContext('2d');
    if (context !== null) {
      context.scale(this.#ratio, this.#ratio);
      draw(context, size);
    }
    const sprite = { canvas, size };
    this.#kept.set(key, sprite);
    return sprite;
  }
}
