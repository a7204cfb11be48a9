import type { Database } from 'better-sqlite3';
import { gpkgEnvelope } from '../../model/geometry/wkb.ts';
import type { Bbox } from '../../model/geometry/types.ts';

/** Box of a cell: null for NULL, for an empty geometry and for bytes that are none. */
function boxOf(blob: unknown): Bbox | null {
  if (!(blob instanceof Uint8Array)) return null;
  try {
    return gpkgEnvelope(blob);
  } catch (error) {
    // A trigger must not make another program's odd geometry unwritable: it is kept as it is and stays out of the index.
    if (error instanceof Error && error.name === 'GeometryError') return null;
    throw error;
  }
}

/** The functions GeoPackage's R-tree triggers call (OGC 12-128r17, annex F.3, table 37). */
export function registerStFunctions(db: Database): void {
  const options = { deterministic: true, directOnly: false } as const;
  db.function('ST_IsEmpty', options, (blob: unknown) => (blob === null ? null : boxOf(blob) === null ? 1 : 0));
  const side = (name: string, at: 0 | 1 | 2 | 3): void => {
    db.function(name, options, (blob: unknown) => boxOf(blob)?.[at] ?? null);
  };
  side('ST_MinX', 0);
  side('ST_MinY', 1);
  side('ST_MaxX', 2);
  side('ST_MaxY', 3);
}
