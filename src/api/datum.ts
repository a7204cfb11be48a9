import { z } from 'zod';
import type { Position } from '../model/geometry/types.ts';
import type { DatumShift } from '../model/geometry/datum-shift.ts';
import type { KnownFit } from '../model/geometry/crs-known.ts';

const metres = z.number().min(-1e8).max(1e8);
const seconds = z.number().min(-1_296_000).max(1_296_000);
/** East (longitude) first. */
const position = z.tuple([z.number(), z.number()]);

/** How delivered coordinates come to the project's datum. The published JSON Schema is docs/formats/datum.schema.json. */
export const datumShift = z.discriminatedUnion('method', [
  z.strictObject({
    method: z.literal('planar').describe('4 parameters in the plane: x east, y north'),
    dx: metres.describe('metres'),
    dy: metres.describe('metres'),
    rotation: seconds.optional().describe('seconds of arc, counter-clockwise; 0 unless said'),
    scale: z.number().gt(-1e6).max(1e10).optional().describe('parts per million; 0 unless said'),
    origin: position.optional().describe('turned about this point; [0, 0] unless said'),
    from: z
      .enum(['delivered', 'project'])
      .optional()
      .describe(
        "what is shifted: the delivered numbers, or those numbers brought into the project's projection as if both stood on one datum",
      ),
  }),
  z.strictObject({
    method: z
      .literal('geocentric')
      .describe('3 or 7 parameters from the ellipsoid of the delivered system to CGCS2000'),
    dx: metres.describe('metres'),
    dy: metres.describe('metres'),
    dz: metres.describe('metres'),
    rx: seconds.optional().describe('seconds of arc'),
    ry: seconds.optional().describe('seconds of arc'),
    rz: seconds.optional().describe('seconds of arc'),
    scale: z.number().gt(-1e6).max(1e6).optional().describe('parts per million'),
    convention: z
      .enum(['position-vector', 'coordinate-frame'])
      .describe('EPSG 9606 (as +towgs84 of PROJ) or EPSG 9607; the signs of the angles are opposite'),
  }),
  z.strictObject({
    method: z.literal('control-points').describe('4 parameters by least squares from places known in both systems'),
    points: z
      .array(
        z.strictObject({
          name: z.string().optional(),
          from: position.describe('as delivered, east (longitude) first'),
          to: position.describe("in the project's CRS, east first"),
        }),
      )
      .max(10_000),
  }),
  z.strictObject({
    method: z.literal('known-components').describe('4 parameters from the delivered things the project knows by code'),
  }),
]);

/** A place in both systems, and what the shift leaves over there. Project CRS, metres. */
export interface DatumResidual {
  name: string | null;
  /** As delivered, in the project's projection as if on its datum; null where no system says how to read it. */
  before: Position | null;
  to: Position;
  /** From where the shift brings it to where it should be. */
  dx: number;
  dy: number;
  metres: number;
  /** False: set aside as a stray. */
  used: boolean;
}

/** What a shift does, as far as there is something to check it by. */
export interface DatumReport {
  shift: DatumShift;
  /** The 4 parameters found or given; null for a geocentric shift. */
  planar: Extract<DatumShift, { method: 'planar' }> | null;
  /** `translation`: turn and scale would have said no more than noise. `given`: by the person. */
  model: 'similarity' | 'translation' | 'given';
  total: number;
  used: number;
  /** Root mean square and greatest residual of the places used, metres; null without a place to compare. */
  rms: number | null;
  max: number | null;
  /** Up to 200 of the places, the worst first. */
  residuals: DatumResidual[];
  /** Known components after the shift; null where the delivery has none. */
  known: KnownFit | null;
  /** `few-points` {count}, `in-one-line` {}, `stray` {name, metres}, `leaves-over` {rms}, `known-disagree` {metres, agreeing, total}. */
  warnings: { code: string; data: Record<string, string | number> }[];
}
