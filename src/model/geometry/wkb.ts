import { bboxOfShape } from './bbox.ts';
import { GeometryError } from './error.ts';
import type { Bbox, Shape } from './types.ts';
import { WkbReader } from './wkb-read.ts';
import { wkbSize, writeWkb } from './wkb-write.ts';

/** Bytes of the header's envelope by its code (OGC 12-128r15, 2.1.3 "BLOB format"). */
const ENVELOPE_BYTES = [0, 32, 48, 48, 64];
const LITTLE = 0x01;
const EMPTY = 0x10;
const ENVELOPE_XY = 0x02;

/**
 * GeoPackage binary of a shape: version 0, little endian, envelope XY except for points and for what is empty (empty flag; an
 * empty point is NaN, NaN). The same shape and SRS id always give the same bytes.
 */
export function encodeGpkg(shape: Shape, srsId: number): Uint8Array {
  const box = bboxOfShape(shape);
  const envelope = shape.type !== 'Point' && box !== null ? box : null;
  const start = envelope ? 40 : 8;
  const bytes = new Uint8Array(start + wkbSize(shape));
  const view = new DataView(bytes.buffer);
  bytes[0] = 0x47;
  bytes[1] = 0x50;
  view.setUint8(3, LITTLE | (envelope ? ENVELOPE_XY : 0) | (box === null ? EMPTY : 0));
  view.setInt32(4, srsId, true);
  if (envelope) {
    view.setFloat64(8, envelope[0], true);
    view.setFloat64(16, envelope[2], true);
    view.setFloat64(24, envelope[1], true);
    view.setFloat64(32, envelope[3], true);
  }
  writeWkb(view, start, shape);
  return bytes;
}

interface Header {
  srsId: number;
  envelope: Bbox | null;
  /** Offset of the WKB. */
  start: number;
}

function readHeader(view: DataView): Header {
  if (view.byteLength < 8 || view.getUint8(0) !== 0x47 || view.getUint8(1) !== 0x50)
    throw new GeometryError('geometry-unreadable', 'not a GeoPackage geometry: it does not begin with GP', {
      bytes: view.byteLength,
    });
  if (view.getUint8(2) !== 0 || (view.getUint8(3) & 0x20) !== 0)
    throw new GeometryError('geometry-unsupported', 'a GeoPackage geometry of an extended or later form', {
      version: view.getUint8(2),
    });
  const flags = view.getUint8(3);
  const little = (flags & LITTLE) !== 0;
  const length = ENVELOPE_BYTES[(flags >> 1) & 7];
  if (length === undefined || view.byteLength < 8 + length)
    throw new GeometryError(
      'geometry-unreadable',
      'the envelope of a GeoPackage geometry is cut short or of no known kind',
      {
        bytes: view.byteLength,
      },
    );
  const f = (at: number): number => view.getFloat64(at, little);
  const box: Bbox | null = length > 0 ? [f(8), f(24), f(16), f(32)] : null;
  return {
    srsId: view.getInt32(4, little),
    envelope: box?.every((v) => !Number.isNaN(v)) ? box : null,
    start: 8 + length,
  };
}

function viewOf(blob: Uint8Array): DataView {
  return new DataView(blob.buffer, blob.byteOffset, blob.byteLength);
}

/**
 * Reads a GeoPackage geometry of any header envelope and byte order. Single lines and polygons come back in their multi form; Z and M are
 * dropped. `shape` is null when the geometry is empty; `envelope` is the header's, or computed where the header has none.
 * @throws GeometryError 'geometry-unreadable' for cut or foreign bytes, 'geometry-unsupported' for collections, curves and surfaces
 */
export function decodeGpkg(blob: Uint8Array): { srsId: number; shape: Shape | null; envelope: Bbox | null } {
  const view = viewOf(blob);
  const header = readHeader(view);
  const shape = new WkbReader(view, header.start).read();
  return { srsId: header.srsId, shape, envelope: shape ? (header.envelope ?? bboxOfShape(shape)) : null };
}

/** Reads plain WKB (ISO or EWKB); null when empty. Errors as `decodeGpkg`. */
export function decodeWkb(bytes: Uint8Array): Shape | null {
  return new WkbReader(viewOf(bytes), 0).read();
}

/** Box of a GeoPackage geometry, from the header alone where it has an envelope; null when the geometry is empty. */
export function gpkgEnvelope(blob: Uint8Array): Bbox | null {
  const view = viewOf(blob);
  const header = readHeader(view);
  if (header.envelope) return header.envelope;
  const shape = new WkbReader(view, header.start).read();
  return shape ? bboxOfShape(shape) : null;
}
