/**
 * GCJ-02 and BD-09, the encryptions of Chinese web maps, both ways; lon/lat in degrees. The formulas are the ones every open map
 * library uses; their constants are facts of the encryption, not of the earth.
 */
const A = 6378245;
const EE = 0.006693421622965943;
const X_PI = (Math.PI * 3000) / 180;

/** A lon/lat pair changed in place, so that a million points need one object. */
export interface LonLat {
  x: number;
  y: number;
}

/** The encryption is applied within this box only. */
function encrypted(lon: number, lat: number): boolean {
  return lon >= 72.004 && lon <= 137.8347 && lat >= 0.8293 && lat <= 55.8271;
}

const wave = (v: number): number => Math.sin(v * Math.PI);

/** WGS 84 to GCJ-02. */
export function toGcj02(p: LonLat): void {
  const { x: lon, y: lat } = p;
  if (!encrypted(lon, lat)) return;
  const x = lon - 105;
  const y = lat - 35;
  const root = Math.sqrt(Math.abs(x));
  const ripple = ((20 * wave(6 * x) + 20 * wave(2 * x)) * 2) / 3;
  const north =
    -100 +
    2 * x +
    3 * y +
    0.2 * y * y +
    0.1 * x * y +
    0.2 * root +
    ripple +
    ((20 * wave(y) + 40 * wave(y / 3)) * 2) / 3 +
    ((160 * wave(y / 12) + 320 * wave(y / 30)) * 2) / 3;
  const east =
    300 +
    x +
    2 * y +
    0.1 * x * x +
    0.1 * x * y +
    0.1 * root +
    ripple +
    ((20 * wave(x) + 40 * wave(x / 3)) * 2) / 3 +
    ((150 * wave(x / 12) + 300 * wave(x / 30)) * 2) / 3;
  const phi = (lat / 180) * Math.PI;
  const magic = 1 - EE * Math.sin(phi) ** 2;
  p.x = lon + (east * 180) / ((A / Math.sqrt(magic)) * Math.cos(phi) * Math.PI);
  p.y = lat + (north * 180) / (((A * (1 - EE)) / (magic * Math.sqrt(magic))) * Math.PI);
}

/** GCJ-02 to BD-09. */
function gcjToBd(p: LonLat): void {
  const z = Math.hypot(p.x, p.y) + 0.00002 * Math.sin(p.y * X_PI);
  const theta = Math.atan2(p.y, p.x) + 0.000003 * Math.cos(p.x * X_PI);
  p.x = z * Math.cos(theta) + 0.0065;
  p.y = z * Math.sin(theta) + 0.006;
}

/** WGS 84 to BD-09. */
export function toBd09(p: LonLat): void {
  toGcj02(p);
  gcjToBd(p);
}

/** 1e-10 degrees are about a hundredth of a millimetre. */
const CLOSE = 1e-10;
const ROUNDS = 30;

/** The pair that `forward` brings to `p`, by correcting a guess until it fits to 0.01 mm. */
function invert(p: LonLat, forward: (p: LonLat) => void): void {
  const { x, y } = p;
  let guessX = x;
  let guessY = y;
  for (let round = 0; round < ROUNDS; round++) {
    p.x = guessX;
    p.y = guessY;
    forward(p);
    const dx = x - p.x;
    const dy = y - p.y;
    guessX += dx;
    guessY += dy;
    if (Math.abs(dx) < CLOSE && Math.abs(dy) < CLOSE) break;
  }
  p.x = guessX;
  p.y = guessY;
}

/** GCJ-02 to WGS 84, to better than 1 mm. */
export function fromGcj02(p: LonLat): void {
  invert(p, toGcj02);
}

/** BD-09 to WGS 84, to better than 1 mm. */
export function fromBd09(p: LonLat): void {
  invert(p, toBd09);
}
