import CircleStyle from 'ol/style/Circle.js';
import Fill from 'ol/style/Fill.js';
import RegularShape from 'ol/style/RegularShape.js';
import Stroke from 'ol/style/Stroke.js';
import Style from 'ol/style/Style.js';
import type { Palette } from '../palette.ts';

/** How each thing a tool draws looks, by its role. */
export function sheetStyle(palette: Palette): (role: unknown) => Style | undefined {
  const line = (color: string, width: number, lineDash?: number[]) =>
    new Stroke({ color, width, ...(lineDash === undefined ? {} : { lineDash }) });
  const disc = (radius: number, stroke: Stroke, fill: string) =>
    new CircleStyle({ radius, stroke, fill: new Fill({ color: fill }) });
  const square = (radius: number, stroke: Stroke, fill: string) =>
    new RegularShape({ points: 4, angle: Math.PI / 4, radius, stroke, fill: new Fill({ color: fill }) });
  const styles: Record<string, Style> = {
    box: new Style({ stroke: line(palette.select, 1.5, [5, 4]), fill: new Fill({ color: palette.selectSoft }) }),
    measure: new Style({ stroke: line(palette.ink, 2), fill: new Fill({ color: palette.selectSoft }) }),
    path: new Style({ stroke: line(palette.ink, 1.5, [6, 4]) }),
    old: new Style({ image: disc(9, line(palette.refusal, 1.5, [3, 3]), 'transparent') }),
    new: new Style({ image: disc(9, line(palette.ink, 2), palette.selectSoft) }),
    nodes: new Style({ image: square(3.6, line(palette.grid, 1), palette.symbolFill), zIndex: 4 }),
    grip: new Style({ image: disc(5.5, line(palette.ink, 2.2), palette.symbolFill), zIndex: 6 }),
    neighbour: new Style({ stroke: line(palette.neighbourLine, 1.4), fill: new Fill({ color: palette.neighbour }) }),
    before: new Style({ stroke: line(palette.community, 1, [4, 4]) }),
    after: new Style({ stroke: line(palette.grid, 2.4), fill: new Fill({ color: palette.neighbour }), zIndex: 3 }),
    refused: new Style({ stroke: line(palette.refusal, 2), fill: hatch(palette.refusal) }),
    refusal: new Style({ image: disc(8, line(palette.refusal, 2.4), 'transparent'), zIndex: 7 }),
  };
  return (role) => (typeof role === 'string' ? styles[role] : undefined);
}

/** A refusal is told by its hatch as well as by its colour. */
function hatch(color: string): Fill {
  const canvas = document.createElement('canvas');
  canvas.width = 8;
  canvas.height = 8;
  const context = canvas.getContext('2d');
  if (context === null) return new Fill({ color });
  context.strokeStyle = color;
  context.globalAlpha = 0.55;
  context.lineWidth = 1;
  for (const shift of [-8, 0, 8]) {
    context.beginPath();
    context.moveTo(shift, 8);
    context.lineTo(shift + 8, 0);
    context.stroke();
  }
  const pattern = context.createPattern(canvas, 'repeat');
  return new Fill({ color: pattern ?? color });
}
