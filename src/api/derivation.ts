import { z } from 'zod';
import type { Derivation } from '../model/derive.ts';

const to = z.string().min(1);
const field = z.string().min(1);
const one = z.array(field).min(1).max(1);

/** A column filled by joining fields, cutting one, a constant or a list of values. What each key means: src/model/derive.ts, docs/formats/mapping.md. */
export const derivation = z.union([
  z.strictObject({
    to,
    op: z.literal('concat'),
    from: z.array(field).min(1).max(20),
    separator: z.string().max(20).optional(),
    widths: z.array(z.number().int().min(0).max(40)).max(20).optional(),
    blanks: z.enum(['skip', 'blank']).optional(),
  }),
  z.strictObject({
    to,
    op: z.literal('split'),
    from: one,
    separator: z.string().min(1).max(20),
    part: z
      .number()
      .int()
      .min(-100)
      .max(100)
      .refine((part) => part !== 0, 'counts from 1, or from -1 at the end'),
  }),
  z.strictObject({
    to,
    op: z.literal('split'),
    from: one,
    start: z.number().int().min(1).max(10_000),
    length: z.number().int().min(1).max(10_000).optional(),
  }),
  z.strictObject({ to, op: z.literal('constant'), value: z.string().max(2000) }),
  z.strictObject({
    to,
    op: z.literal('lookup'),
    from: one,
    values: z.array(z.strictObject({ was: z.string().min(1), now: z.string().nullable() })).max(20_000),
    otherwise: z.enum(['keep', 'blank', 'fault']).optional(),
  }),
]) satisfies z.ZodType<Derivation>;
