import { TILE_HEADER, TILE_MAGIC, TILE_POINT } from '../../../model/tile.ts';

/** Points of a tile, project CRS metres in 64-bit so that nothing wobbles at large scale. */
export interface PointTile {
  kind: 'points';
  count: number;
  /** In the tile before thinning. */
  total: number;
  ids: Uint32Array;
  /** x, y, x, y … east, north. */
  xy: Float64Array;
  classes: Uint8Array;
  clarity: Uint8Array;
  flags: Uint8Array;
}

/** Polygons of a tile as rings of offsets from the tile's upper left corner, metres, y downwards. */
export interface PolygonTile {
  kind: 'polygons';
  origin: [number, number];
  features: { id: number; flags: number; rings: Float32Array[] }[];
}

/** Reads the bytes described in `model/tile.ts`. @throws Error for bytes that are no tile */
export function decodeTile(bytes: Uint8Array): PointTile | PolygonTile {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.byteLength < TILE_HEADER || view.getUint32(0, true) !== TILE_MAGIC)
    throw new Error('These bytes are no tile.');
  const count = view.getUint32(8, true);
  const origin: [number, number] = [view.getFloat64(16, true), view.getFloat64(24, true)];
  return view.getUint32(4, true) === 1 ? points(view, count, origin) : polygons(view, count, origin);
}

function points(view: DataView, count: number, [x, y]: [number, number]): PointTile {
  const tile: PointTile = {
    kind: 'points',
    count,
    total: view.getUint32(12, true),
    ids: new Uint32Array(count),
    xy: new Float64Array(count * 2),
    classes: new Uint8Array(count),
    clarity: new Uint8Array(count),
    flags: new Uint8Array(count),
  };
  for (let i = 0, at = TILE_HEADER; i < count; i += 1, at += TILE_POINT) {
    tile.ids[i] = view.getUint32(at, true);
    tile.xy[i * 2] = x + view.getFloat32(at + 4, true);
    tile.xy[i * 2 + 1] = y - view.getFloat32(at + 8, true);
    tile.classes[i] = view.getUint8(at + 12);
    tile.clarity[i] = view.getUint8(at + 13);
    tile.flags[i] = view.getUint8(at + 14);
  }
  return tile;
}

function polygons(view: DataView, count: number, origin: [number, number]): PolygonTile {
  const features: PolygonTile['features'] = [];
  let at = TILE_HEADER;
  for (let i = 0; i < count; i += 1) {
    const id = view.getUint32(at, true);
    const flags = view.getUint32(at + 4, true);
    const rings: Float32Array[] = [];
    const ringCount = view.getUint32(at + 8, true);
    at += 12;
    for (let r = 0; r < ringCount; r += 1) {
      const size = view.getUint32(at, true) * 2;
      at += 4;
      const ring = new Float32Array(size);
      for (let k = 0; k < size; k += 1, at += 4) ring[k] = view.getFloat32(at, true);
      rings.push(ring);
    }
    features.push({ id, flags, rings });
  }
  return { kind: 'polygons', origin, features };
}
