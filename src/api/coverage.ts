import { z } from 'zod';
import type { Position } from '../model/geometry/types.ts';
import { id } from './shared.ts';

/** The state of the project a delivery was made from: after a revision, at a moment (ISO 8601; a day counts to its end), or when an earlier delivery had come in. */
export const basedOn = z.union([
  z.object({ revision: id }),
  z.object({ moment: z.string().max(40) }),
  z.object({ batch: id }),
]);
export type BasedOn = z.infer<typeof basedOn>;

/** What a delivery of components speaks for; inside it, what is not delivered is in "gone". */
export const coverage = z.union([
  z.object({ by: z.literal('delivered') }),
  z.object({ by: z.literal('nothing') }),
  z.object({ by: z.enum(['streets', 'communities', 'grids']), codes: z.array(z.string().max(40)).max(20_000) }),
]);
export type CoverageChoice = z.infer<typeof coverage>;

export interface BatchCoverage {
  /** 'delivered': the streets that hold a delivered row, else the hull of each class. */
  by: CoverageChoice['by'];
  codes: string[];
  /** Streets with delivered or known rows: rows delivered in them, components of the delivered classes in service, and of these those not delivered. `rings`: outer rings, project CRS metres. */
  streets: {
    code: string;
    name: string | null;
    delivered: number;
    known: number;
    missing: number;
    covered: boolean;
    rings: Position[][];
  }[];
  /** Where no street is known: the hull of the delivered points of each class, project CRS metres. */
  hulls: { classCode: string; name: string | null; points: Position[] }[];
}
