import { componentPrefix } from '../../model/codes.ts';
import type { Position } from '../../model/geometry/types.ts';
import { nextCode } from '../code-issue.ts';
import { getMeta } from '../meta.ts';
import { PlaceFinder } from '../place.ts';
import type { Reader } from './reader.ts';

/** As the output of the contract's `component.place`. */
export interface NewPlace {
  gridId: number | null;
  gridCode: string | null;
  streetName: string | null;
  communityName: string | null;
  nextCode: string | null;
}

/**
 * What a new component at a point (project CRS, metres) would get. `nextCode` is null without a class, for a class whose code makes no
 * component code, and where the sequence is exhausted.
 */
export function placeOf(reader: Reader, at: Position, classCode: string | null): NewPlace {
  const { db } = reader;
  const grid = new PlaceFinder(db, 'unit_grid', 1).at(at);
  const nameOf = (table: 'street' | 'community', code: string | null): string | null => {
    const known = code ?? new PlaceFinder(db, table, 1).at(at)?.code ?? null;
    if (known === null) return null;
    return db.prepare<[string], string | null>(`SELECT name FROM ${table} WHERE code = ?`).pluck().get(known) ?? null;
  };
  const prefix = classCode === null ? null : componentPrefix(getMeta(db, 'district') ?? '', classCode);
  return {
    gridId: grid?.id ?? null,
    gridCode: grid?.code ?? null,
    streetName: nameOf('street', grid?.streetCode ?? null),
    communityName: nameOf('community', grid?.communityCode ?? null),
    nextCode: prefix === null ? null : nextCode(db, 'component', prefix).code,
  };
}
