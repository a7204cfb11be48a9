import type { Palette } from '../palette.ts';

/**
 * Clarity as a shape round 0, 0, so that it is never told by colour alone: 0 full disc, 1 half disc with ring, 2 lozenge cut in two,
 * 3 empty ring, 4 dash. `radius` in CSS pixels.
 */
export function drawClarity(
  context: CanvasRenderingContext2D,
  clarity: number,
  radius: number,
  palette: Palette,
  halo: boolean,
): void {
  if (halo) {
    context.fillStyle = palette.halo;
    context.beginPath();
    context.arc(0, 0, radius + 1, 0, Math.PI * 2);
    context.fill();
  }
  DRAW[clarity]?.(context, radius, palette);
}

type Draw = (context: CanvasRenderingContext2D, radius: number, palette: Palette) => void;

const disc: Draw = (context, radius, palette) => {
  context.fillStyle = palette.clarity.clear;
  context.beginPath();
  context.arc(0, 0, radius, 0, Math.PI * 2);
  context.fill();
};

const half: Draw = (context, radius, palette) => {
  context.fillStyle = palette.clarity.partial;
  context.strokeStyle = palette.clarity.partialEdge;
  context.lineWidth = 1.2;
  context.beginPath();
  context.arc(0, 0, radius - 0.6, Math.PI / 2, (3 * Math.PI) / 2);
  context.closePath();
  context.fill();
  context.beginPath();
  context.arc(0, 0, radius - 0.6, 0, Math.PI * 2);
  context.stroke();
};

/** Two halves apart: two claims on one thing. */
const lozenge: Draw = (context, radius, palette) => {
  context.fillStyle = palette.clarity.disputed;
  for (const side of [-1, 1]) {
    context.beginPath();
    context.moveTo(side * 0.6, -radius);
    context.lineTo(side * (radius + 0.4), 0);
    context.lineTo(side * 0.6, radius);
    context.closePath();
    context.fill();
  }
};

const ring: Draw = (context, radius, palette) => {
  context.strokeStyle = palette.clarity.unclear;
  context.lineWidth = 1.6;
  context.beginPath();
  context.arc(0, 0, radius - 0.8, 0, Math.PI * 2);
  context.stroke();
};

const dash: Draw = (context, radius, palette) => {
  context.strokeStyle = palette.clarity.out;
  context.lineWidth = 1.6;
  context.beginPath();
  context.moveTo(-radius, 0);
  context.lineTo(radius, 0);
  context.stroke();
};

const DRAW: readonly Draw[] = [disc, half, lozenge, ring, dash];
