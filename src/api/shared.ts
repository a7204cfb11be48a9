import { z } from 'zod';
import type { Filter } from '../model/filter.ts';

/** A file or folder the engine knows by a token; the page never sees a path. */
export const fileRef = z.object({ ref: z.string().min(1), name: z.string(), size: z.number().optional() });
export type FileRef = z.infer<typeof fileRef>;

/** Where a job writes: beside an existing folder of the host under a name, or to a temporary file offered as a download. */
export const target = z.union([
  z.object({ folder: fileRef, name: z.string().min(1), force: z.boolean().optional() }),
  z.object({ download: z.string().min(1) }),
]);
export type Target = z.infer<typeof target>;

export const cell = z.union([z.string(), z.number(), z.null()]);
export const id = z.number().int().positive();
/** Metres in the project CRS. No zone reaches farther; beyond, every map and index would be stretched to nothing. */
const metres = z.number().min(-1e8).max(1e8);
export const xy = z.tuple([metres, metres]);
export const bbox = z.tuple([z.number(), z.number(), z.number(), z.number()]);
export const layer = z.enum(['component', 'unit_grid', 'street', 'community']);

const text = z.string().max(4000);
export const filter: z.ZodType<Filter> = z.lazy(() =>
  z.union([
    z.object({ op: z.enum(['and', 'or']), of: z.array(filter).max(500) }),
    z.object({ op: z.literal('not'), of: filter }),
    z.object({
      op: z.enum(['=', '!=', '<', '<=', '>', '>=']),
      column: text,
      value: z.union([z.string(), z.number()]),
    }),
    z.object({ op: z.literal('like'), column: text, value: text }),
    z.object({ op: z.literal('in'), column: text, values: z.array(cell).max(5000) }),
    z.object({ op: z.literal('empty'), column: text }),
    z.object({ op: z.literal('box'), bbox }),
    z.object({ op: z.literal('ids'), ids: z.array(id).max(2_000_000) }),
  ]),
);
export const sort = z.object({ column: text, descending: z.boolean() });
export const page = { offset: z.number().int().min(0), limit: z.number().int().min(1).max(2000) };
export const nothing = z.object({});

/** What every command answers: the revision it made (null when nothing had to change). */
export interface Done {
  revision: number | null;
}
