import type { CellValue } from '../../model/component.ts';
import type { Severity } from '../../model/finding.ts';
import type { Reader } from './reader.ts';

/** A line of the grid list: an active grid, its place by name, its area (m²) and how many components stand in it. */
export interface GridLine {
  code: string;
  street: string | null;
  community: string | null;
  areaM2: number | null;
  landUse: string | null;
  startedOn: string | null;
  components: number;
}

/** Active grids by code, of one street or all. */
export function gridLines(reader: Reader, street: string | null): GridLine[] {
  return reader.db
    .prepare<[string | null, string | null], GridLine>(
      `SELECT g.code, s.name AS street, c.name AS community, g.area_m2 AS areaM2, g.land_use AS landUse, g.started_on AS startedOn,
         (SELECT count(*) FROM component k WHERE k.grid_id = g.id) AS components
       FROM unit_grid g LEFT JOIN street s ON s.code = g.street_code LEFT JOIN community c ON c.code = g.community_code
       WHERE g.status = 'active' AND (? IS NULL OR g.street_code = ?) ORDER BY g.code`,
    )
    .all(street, street);
}

export interface FindingLine {
  rule: string;
  severity: Severity;
  code: string | null;
  layer: string;
  place: string | null;
  foundAt: string;
  data: Record<string, CellValue>;
}

/** Open findings, gravest first, with code and street of the feature they name first; of one street or all. */
export function findingLines(reader: Reader, street: string | null): FindingLine[] {
  const rows = reader.db
    .prepare<[string | null, string | null], Omit<FindingLine, 'data'> & { data: string }>(
      `SELECT f.rule, f.severity, coalesce(k.code, g.code) AS code, json_extract(f.features, '$[0].layer') AS layer, s.name AS place,
         f.found_at AS foundAt, f.data
       FROM gewu_finding f
       LEFT JOIN component k ON json_extract(f.features, '$[0].layer') = 'component' AND k.id = json_extract(f.features, '$[0].id')
       LEFT JOIN unit_grid g ON json_extract(f.features, '$[0].layer') = 'unit_grid' AND g.id = json_extract(f.features, '$[0].id')
       LEFT JOIN street s ON s.code = coalesce(k.street_code, g.street_code)
       WHERE f.phase = 'open' AND (? IS NULL OR coalesce(k.street_code, g.street_code) = ?)
       ORDER BY CASE f.severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, f.rule, code, f.id`,
    )
    .all(street, street);
  return rows.map((row) => ({ ...row, data: JSON.parse(row.data) as Record<string, CellValue> }));
}

export function streetByCode(reader: Reader, code: string): { code: string; name: string } | null {
  return (
    reader.db
      .prepare<[string], { code: string; name: string }>(`SELECT code, name FROM street WHERE code = ?`)
      .get(code) ?? null
  );
}
