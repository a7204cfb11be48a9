import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GeometryError } from './error.ts';
import type { Shape } from './types.ts';
import { encodeWkb } from './wkb-write.ts';
import { decodeGpkg, decodeWkb, encodeGpkg, gpkgEnvelope } from './wkb.ts';

const hex = (bytes: Uint8Array): string => Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
const bytes = (text: string): Uint8Array =>
  Uint8Array.from(text.replaceAll(' ', '').match(/../g) ?? [], (h) => Number.parseInt(h, 16));
const code = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof GeometryError) return error.code;
    throw error;
  }
  return 'none';
};

const square: Shape = {
  type: 'MultiPolygon',
  coordinates: [
    [
      [
        [0, 0],
        [4, 0],
        [4, 3],
        [0, 3],
        [0, 0],
      ],
    ],
  ],
};

describe('GeoPackage binary', () => {
  it('writes a point without envelope, byte for byte', () => {
    const blob = encodeGpkg({ type: 'Point', coordinates: [1, 2] }, 4548);
    expect(hex(blob)).toBe('47500001c4110000' + '0101000000' + '000000000000f03f' + '0000000000000040');
  });

  it('writes an XY envelope (min x, max x, min y, max y) for other shapes', () => {
    const blob = encodeGpkg(square, 4548);
    const view = new DataView(blob.buffer);
    expect(blob[3]).toBe(0x03);
    expect([8, 16, 24, 32].map((at) => view.getFloat64(at, true))).toEqual([0, 4, 0, 3]);
    expect(gpkgEnvelope(blob)).toEqual([0, 0, 4, 3]);
    expect(hex(encodeGpkg(square, 4548))).toBe(hex(blob));
  });

  it('marks what is empty and reads it as null', () => {
    const empty = encodeGpkg({ type: 'MultiPolygon', coordinates: [] }, 4548);
    expect(empty[3]).toBe(0x11);
    expect(decodeGpkg(empty)).toEqual({ srsId: 4548, shape: null, envelope: null });
    const nowhere = encodeGpkg({ type: 'Point', coordinates: [NaN, NaN] }, 4548);
    expect(nowhere[3]).toBe(0x11);
    expect(decodeGpkg(nowhere).shape).toBeNull();
    expect(gpkgEnvelope(nowhere)).toBeNull();
  });

  it('reads big-endian bytes, Z and M, single forms and an XYZM envelope', () => {
    const polygonZm =
      '47500008 00000d51' +
      '3ff0000000000000'.repeat(8) +
      '00 00000bbb 00000001 00000004' +
      [0, 0, 1, 0, 1, 1, 0, 0]
        .map((v) => (v === 0 ? '0'.repeat(16) : '3ff0000000000000'))
        .join('')
        .replace(/(.{32})/g, `$1${'4008000000000000'.repeat(2)}`);
    expect(decodeGpkg(bytes(polygonZm))).toEqual({
      srsId: 3409,
      shape: {
        type: 'MultiPolygon',
        coordinates: [
          [
            [
              [0, 0],
              [1, 0],
              [1, 1],
              [0, 0],
            ],
          ],
        ],
      },
      envelope: [1, 1, 1, 1],
    });
  });

  it('reads EWKB marks', () => {
    const point = bytes('01 010000a0 c4110000 000000000000f03f 0000000000000040 0000000000000840');
    expect(decodeWkb(point)).toEqual({ type: 'Point', coordinates: [1, 2] });
  });

  it('refuses collections, curves, foreign and cut bytes by code', () => {
    const head = '4750000100000000';
    expect(code(() => decodeGpkg(bytes(`${head}010700000000000000`)))).toBe('geometry-unsupported');
    expect(code(() => decodeGpkg(bytes(`${head}010800000000000000`)))).toBe('geometry-unsupported');
    expect(code(() => decodeGpkg(bytes('00')))).toBe('geometry-unreadable');
    expect(code(() => decodeGpkg(bytes(`${head}0106000000ffffffff`)))).toBe('geometry-unreadable');
    expect(code(() => decodeGpkg(bytes('4750000f00000000')))).toBe('geometry-unreadable');
    const blob = encodeGpkg(square, 1);
    for (let cut = 0; cut < blob.length; cut++)
      expect(code(() => decodeGpkg(blob.subarray(0, cut)))).toBe('geometry-unreadable');
  });

  it('never throws anything but GeometryError, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (noise) => {
        code(() => decodeWkb(noise));
        code(() => decodeGpkg(Uint8Array.of(0x47, 0x50, ...noise)));
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  it('gives back every shape exactly', () => {
    const position = fc.tuple(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    );
    const chain = fc.array(position, { minLength: 1, maxLength: 6 });
    const shape: fc.Arbitrary<Shape> = fc.oneof(
      position.map((coordinates): Shape => ({ type: 'Point', coordinates })),
      chain.map((coordinates): Shape => ({ type: 'MultiPoint', coordinates })),
      fc
        .array(chain, { minLength: 1, maxLength: 3 })
        .map((coordinates): Shape => ({ type: 'MultiLineString', coordinates })),
      fc
        .array(fc.array(chain, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 })
        .map((coordinates): Shape => ({ type: 'MultiPolygon', coordinates })),
    );
    fc.assert(
      fc.property(shape, (s) => {
        expect(decodeGpkg(encodeGpkg(s, 4548)).shape).toEqual(s);
        expect(decodeWkb(encodeWkb(s))).toEqual(s);
      }),
      { seed: 11, numRuns: 200 },
    );
  });
});
