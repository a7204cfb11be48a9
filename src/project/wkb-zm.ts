/** Bytes of a GeoPackage geometry's envelope by its code (OGC 12-128r17, 2.1.3). */
const ENVELOPE_BYTES = [0, 32, 48, 48, 64];

/** WKB geometry types that hold other geometries. */
const HOLDERS = new Set([4, 5, 6, 7]);
const EWKB_Z = 0x8000_0000;
const EWKB_M = 0x4000_0000;

/**
 * Z and M of a GeoPackage geometry in order of its positions; absent where the geometry has none. For geometry that has been read
 * before: the bytes are known to be whole.
 */
export function zmOf(blob: Uint8Array): { z?: number[]; m?: number[] } {
  const view = new DataView(blob.buffer, blob.byteOffset, blob.byteLength);
  const z: number[] = [];
  const m: number[] = [];
  let at = 8 + (ENVELOPE_BYTES[(view.getUint8(3) >> 1) & 7] ?? 0);
  let hasZ = false;
  let hasM = false;
  const geometry = (): void => {
    const little = view.getUint8(at) === 1;
    const raw = view.getUint32(at + 1, little);
    at += 5;
    const kind = (raw & 0x0fff_ffff) % 1000;
    const iso = Math.trunc((raw & 0x0fff_ffff) / 1000);
    const withZ = (raw & EWKB_Z) !== 0 || iso === 1 || iso === 3;
    const withM = (raw & EWKB_M) !== 0 || iso === 2 || iso === 3;
    hasZ ||= withZ;
    hasM ||= withM;
    const count = (): number => {
      const n = view.getUint32(at, little);
      at += 4;
      return n;
    };
    const position = (): void => {
      at += 16;
      if (withZ) z.push(view.getFloat64(at, little));
      at += withZ ? 8 : 0;
      if (withM) m.push(view.getFloat64(at, little));
      at += withM ? 8 : 0;
    };
    if (HOLDERS.has(kind)) for (let n = count(); n > 0; n--) geometry();
    else if (kind === 1) position();
    else if (kind === 2) for (let n = count(); n > 0; n--) position();
    else if (kind === 3) for (let rings = count(); rings > 0; rings--) for (let n = count(); n > 0; n--) position();
  };
  geometry();
  return { ...(hasZ ? { z } : {}), ...(hasM ? { m } : {}) };
}
