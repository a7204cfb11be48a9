import { describe, expect, it } from 'vitest';
import { transformer } from './crs.ts';
import {
  planarPlacing,
  readPairs,
  withGeocentricShift,
  type GeocentricShift,
  type PlanarShift,
} from './datum-shift.ts';
import { fitControlPoints } from './helmert.ts';
import type { Position } from './types.ts';

/** Beijing 54, CM 117°E (first two numbers) to EPSG:4548 (last two) under planted parameters, as PROJ 9.1.1 computes it. */
const PROJ: [number, number, number, number][] = [
  [425838.9388, 4432926.8768, 425944.181216, 4432886.685134],
  [429798.655, 4434717.6012, 429903.918839, 4434677.425222],
  [437471.6091, 4418565.8658, 437576.939061, 4418525.602426],
  [419095.0397, 4441724.0725, 419200.230852, 4441683.924966],
  [426480.6204, 4423629.9288, 426585.878215, 4423589.682232],
  [448569.3451, 4430707.9052, 448674.72652, 4430667.728813],
  [443793.8435, 4430890.5963, 443899.196004, 4430850.414974],
  [437872.0442, 4421118.4927, 437977.373398, 4421078.245178],
  [437745.8197, 4442641.3592, 437851.121048, 4442601.240772],
];
const pairs = PROJ.map(([x, y, u, v]) => ({ from: [x, y] as Position, to: [u, v] as Position }));
const planted: GeocentricShift = {
  method: 'geocentric',
  dx: 21.4,
  dy: -139.2,
  dz: -70.8,
  rx: 0.6,
  ry: -0.9,
  rz: 1.7,
  scale: 3.1,
  convention: 'position-vector',
};

function worst(go: (at: Position) => Position, of = pairs): number {
  return Math.max(...of.map(({ from, to }) => Math.hypot(go(from)[0] - to[0], go(from)[1] - to[1])));
}

function placed(shift: GeocentricShift, code = 'EPSG:2436'): (at: Position) => Position {
  const made = withGeocentricShift(code, shift);
  if ('problem' in made) throw new Error(made.problem.code);
  const go = transformer(made.code, 'EPSG:4548');
  return ([x, y]) => go(x, y);
}

describe('parameters between ellipsoids', () => {
  it('bring points where PROJ brings them, to a fifth of a millimetre', () => {
    expect(worst(placed(planted))).toBeLessThan(2e-4);
  });

  it('turn the other way round in the other convention', () => {
    const turned = { ...planted, rx: -0.6, ry: 0.9, rz: -1.7, convention: 'coordinate-frame' } as const;
    expect(worst(placed(turned))).toBeLessThan(2e-4);
    expect(worst(placed({ ...planted, convention: 'coordinate-frame' }))).toBeGreaterThan(10);
  });

  it('start from any system of that datum', () => {
    const toZone = transformer('EPSG:2436', 'EPSG:2415');
    const zoned = pairs.map(({ from, to }) => ({ from: toZone(...from), to }));
    expect(worst(placed(planted, 'EPSG:2415'), zoned)).toBeLessThan(2e-4);
  });

  it('are refused for a system that needs none', () => {
    expect(withGeocentricShift('EPSG:4548', planted)).toEqual({
      problem: { code: 'datum-not-older', data: { crs: 'EPSG:4548' } },
    });
    expect(withGeocentricShift('USER:none', planted)).toMatchObject({ problem: { code: 'datum-no-ellipsoid' } });
  });
});

describe('parameters in the plane', () => {
  it('found from control points bring the whole district within a centimetre of the seven parameters', () => {
    for (const code of [null, 'EPSG:2436']) {
      const fit = fitControlPoints(readPairs(pairs.slice(0, 5), code, 'EPSG:4548'));
      const from = code === null ? 'delivered' : 'project';
      const shift: PlanarShift = { method: 'planar', ...(fit?.similarity ?? { dx: 0, dy: 0 }), from };
      expect(fit?.max ?? 1).toBeLessThan(0.01);
      expect(worst(planarPlacing(shift, code, 'EPSG:4548'))).toBeLessThan(0.01);
    }
  });

  it('are those of the surveyors: about zero, on the numbers delivered', () => {
    const turn = (1.7 / 3600 / 180) * Math.PI;
    const k = 1 + 3.1e-6;
    const [x, y]: Position = [437_000, 4_430_000];
    const expected = [
      12 + k * (x * Math.cos(turn) - y * Math.sin(turn)),
      -34 + k * (x * Math.sin(turn) + y * Math.cos(turn)),
    ];
    const go = planarPlacing(
      { method: 'planar', dx: 12, dy: -34, rotation: 1.7, scale: 3.1 },
      'EPSG:2436',
      'EPSG:4548',
    );
    expect(go([x, y])[0]).toBeCloseTo(expected[0] ?? NaN, 6);
    expect(go([x, y])[1]).toBeCloseTo(expected[1] ?? NaN, 6);
  });

  it('shift degrees in the projection of the project', () => {
    const go = planarPlacing({ method: 'planar', dx: 10, dy: 20 }, 'EPSG:4214', 'EPSG:4548');
    const [x, y] = transformer('EPSG:4214', 'EPSG:4548', { accept: true })(116.3, 39.95);
    expect(go([116.3, 39.95])).toEqual([x + 10, y + 20]);
  });
});
