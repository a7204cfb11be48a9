import { bboxOfPositions, unionBbox } from '../../model/geometry/bbox.ts';
import { pointOnSurface } from '../../model/geometry/polygon.ts';
import type { Bbox, MultiPolygonShape, Position } from '../../model/geometry/types.ts';
import { decodeGpkg } from '../../model/geometry/wkb.ts';
import type { Reader } from './reader.ts';

/** As the contract's DistrictOutline. */
export interface Outline {
  streets: { id: number; code: string; name: string; rings: Position[][][]; label: Position }[];
  communities: { id: number; code: string; name: string; streetCode: string | null; label: Position; bbox: Bbox }[];
  extent: Bbox | null;
}

interface Area {
  id: number;
  code: string;
  name: string;
  shape: MultiPolygonShape;
  label: Position;
  bbox: Bbox;
}

/** Streets whole, communities by their label point (inside, where a name can stand) and box. Areas without geometry are left out. */
export function districtOutline(reader: Reader): Outline {
  const streets = areasOf(reader, 'street');
  const communities = areasOf(reader, 'community');
  const known = new Set(streets.map((street) => street.code));
  const boxes = [...streets, ...communities].map((area) => area.bbox);
  return {
    streets: streets.map(({ id, code, name, shape, label }) => ({ id, code, name, rings: shape.coordinates, label })),
    communities: communities.map(({ id, code, name, label, bbox }) => {
      const street = code.slice(0, STREET_DIGITS);
      return { id, code, name, streetCode: known.has(street) ? street : null, label, bbox };
    }),
    extent: boxes.length === 0 ? null : boxes.reduce(unionBbox),
  };
}

/** District 6 + street 3: a community's code begins with its street's. */
const STREET_DIGITS = 9;

function areasOf(reader: Reader, table: 'street' | 'community'): Area[] {
  return reader.db
    .prepare<[], { id: number; code: string | null; name: string | null; geom: Uint8Array }>(
      `SELECT id, code, name, geom FROM ${table} WHERE geom IS NOT NULL ORDER BY code, id`,
    )
    .all()
    .flatMap(({ id, code, name, geom }) => {
      const { shape, envelope } = decodeGpkg(geom);
      if (shape?.type !== 'MultiPolygon') return [];
      const label = pointOnSurface(shape);
      const bbox = envelope ?? bboxOfPositions(shape.coordinates.flat(2));
      return label === null ? [] : [{ id, code: code ?? '', name: name ?? '', shape, label, bbox }];
    });
}
