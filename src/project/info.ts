import type { Database } from 'better-sqlite3';
import type { Bbox } from '../model/geometry/types.ts';
import { projectExtent } from './contents.ts';
import { getMeta } from './meta.ts';

/** Why nothing may be written. */
export interface ReadOnlyReason {
  code: 'unknown-trigger' | 'read-only-media' | 'opened-beside';
  message: string;
  data: Record<string, unknown>;
}

/** What another program did while the project was at rest. */
export interface ForeignReport {
  /** The revision its noted edits became; null when it noted none. */
  revision: number | null;
  rows: number;
  /** Tables that changed beyond what was noted: that part can't be undone. */
  beyond: { table: string; rowsWas: number; rowsNow: number }[];
}

export interface FileInfo {
  projectId: string;
  district: string;
  districtName: string;
  scheme: string;
  /** As in the file: 'EPSG:n' or the name of the user's definition, and its WKT 1. */
  crs: { code: string; srsId: number; name: string; wkt: string };
  schemaVersion: number;
  readOnly: ReadOnlyReason | null;
  foreign: ForeignReport | null;
  /** On a network path: no WAL, so readers may have to wait for a writer. */
  network: boolean;
  revision: number;
  extent: Bbox | null;
  counts: { component: number; unitGrid: number; street: number; community: number; unit: number };
  /** Day the stored clarity is for. */
  clarityOn: string;
}

export function projectInfo(
  db: Database,
  state: { readOnly: ReadOnlyReason | null; foreign: ForeignReport | null; network: boolean },
): FileInfo {
  const meta = (key: string): string => getMeta(db, key) ?? '';
  const srsId = Number(meta('srs_id'));
  const srs = db
    .prepare<[number], { name: string; wkt: string }>(
      `SELECT srs_name AS name, definition AS wkt FROM gpkg_spatial_ref_sys WHERE srs_id = ?`,
    )
    .get(srsId);
  const count = (table: string): number => db.prepare<[], number>(`SELECT count(*) FROM "${table}"`).pluck().get() ?? 0;
  return {
    projectId: meta('project_id'),
    district: meta('district'),
    districtName: meta('district_name'),
    scheme: meta('scheme'),
    crs: { code: meta('crs'), srsId, name: srs?.name ?? '', wkt: srs?.wkt ?? '' },
    schemaVersion: Number(meta('schema_version')),
    readOnly: state.readOnly,
    foreign: state.foreign,
    network: state.network,
    revision: db.prepare<[], number>(`SELECT coalesce(max(id), 0) FROM gewu_revision`).pluck().get() ?? 0,
    extent: projectExtent(db),
    counts: {
      component: count('component'),
      unitGrid: count('unit_grid'),
      street: count('street'),
      community: count('community'),
      unit: count('unit'),
    },
    clarityOn: meta('clarity_on'),
  };
}
