/** Bytes of a GeoPackage geometry's envelope by its code (OGC 12-128r17, 2.1.3). */
const ENVELOPE_BYTES = [0, 32, 48, 48, 64];

/** Where the WKB begins in a GeoPackage geometry. */
export function wkbStart(view: DataView): number {
  return 8 + (ENVELOPE_BYTES[(view.getUint8(3) >> 1) & 7] ?? 0);
}
