import { TILE_HEADER, TILE_MAGIC, TILE_POINT } from '../src/model/tile.ts';

/** A tile read back, positions in project CRS metres. For tests only. */
export interface ReadPoint {
  id: number;
  x: number;
  y: number;
  classIndex: number;
  clarity: number;
  flags: number;
}
export interface ReadArea {
  id: number;
  flags: number;
  rings: [number, number][][];
}

function headerOf(view: DataView): { kind: number; count: number; total: number; originX: number; originY: number } {
  if (view.getUint32(0, true) !== TILE_MAGIC) throw new Error('not a tile');
  return {
    kind: view.getUint32(4, true),
    count: view.getUint32(8, true),
    total: view.getUint32(12, true),
    originX: view.getFloat64(16, true),
    originY: view.getFloat64(24, true),
  };
}

export function readPointTile(bytes: Uint8Array): { total: number; points: ReadPoint[] } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { kind, count, total, originX, originY } = headerOf(view);
  if (kind !== 1 || bytes.length !== TILE_HEADER + count * TILE_POINT) throw new Error('not a tile of points');
  const points = Array.from({ length: count }, (_, i) => {
    const at = TILE_HEADER + i * TILE_POINT;
    return {
      id: view.getUint32(at, true),
      x: originX + view.getFloat32(at + 4, true),
      y: originY - view.getFloat32(at + 8, true),
      classIndex: view.getUint8(at + 12),
      clarity: view.getUint8(at + 13),
      flags: view.getUint8(at + 14),
    };
  });
  return { total, points };
}

export function readAreaTile(bytes: Uint8Array): ReadArea[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { kind, count, originX, originY } = headerOf(view);
  if (kind !== 2) throw new Error('not a tile of areas');
  let at = TILE_HEADER;
  const word = (): number => {
    at += 4;
    return view.getUint32(at - 4, true);
  };
  const number = (): number => {
    at += 4;
    return view.getFloat32(at - 4, true);
  };
  const areas = Array.from({ length: count }, () => {
    const [id, flags, rings] = [word(), word(), word()];
    const read = (): [number, number][] =>
      Array.from({ length: word() }, () => [originX + number(), originY - number()]);
    return { id, flags, rings: Array.from({ length: rings }, read) };
  });
  if (at !== bytes.length) throw new Error('bytes after the last area');
  return areas;
}
