/**
 * Class symbols: drawn in a box of 14 × 14 with 1.1 lines, as path data, so that one drawing serves the map's canvas (Path2D), table and inspector.
 * `fill`: filled with the symbol ground and outlined; `line`: outlined only; `ink`: filled with ink. Drawn in this order.
 */
export interface ClassSymbol {
  fill?: string;
  line?: string;
  ink?: string;
}
export const SYMBOL_BOX = 14;
export const SYMBOL_LINE = 1.1;

function circle(x: number, y: number, r: number): string {
  return `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
}
function rect(x: number, y: number, width: number, height: number, round = 0.6): string {
  const r = round;
  const [w, h] = [width - 2 * r, height - 2 * r];
  return `M${x + r} ${y}h${w}a${r} ${r} 0 0 1 ${r} ${r}v${h}a${r} ${r} 0 0 1 ${-r} ${r}h${-w}a${r} ${r} 0 0 1 ${-r} ${-r}v${-h}a${r} ${r} 0 0 1 ${r} ${-r}z`;
}
const lid = circle(7, 7, 5);
const cover = (line: string, ink?: string): ClassSymbol => ({ fill: lid, line, ...(ink === undefined ? {} : { ink }) });
const STEM = 'M7 12.2V7';

const SYMBOLS = {
  coverWater: cover('M4.2 7.6c1-1.4 1.8-1.4 2.8 0s1.8 1.4 2.8 0'),
  coverSewage: cover('M7 4v6M4 7h6'),
  coverStorm: cover('M4 5.2h6M3.4 7h7.2M4 8.8h6'),
  grate: { fill: rect(2.2, 3.4, 9.6, 7.2), line: 'M4.6 3.6v6.8M7 3.6v6.8M9.4 3.6v6.8' },
  coverPower: cover('M7.8 3.8 5.6 7.2h2.8L6.2 10.2'),
  coverLamp: cover('M7 9.6V6.4M5.4 5.6a1.6 1.6 0 0 1 3.2 0z'),
  coverTelecom: { fill: lid, ink: circle(7, 7, 1.6) },
  coverTv: cover(`${rect(4.6, 5.6, 4.8, 3.4, 0.4)}M5.6 4 7 5.4 8.4 4`),
  coverNet: cover('M4.6 8.4 7 5l2.4 3.4', `${circle(4.6, 8.6, 0.8)}${circle(7, 4.9, 0.8)}${circle(9.4, 8.6, 0.8)}`),
  coverHeat: cover('M5 9V5M9 9V5M5 7h4'),
  coverGas: cover('M7 4.4 9.4 9H4.6z'),
  coverPolice: cover('m7 4.2 2.4.8v2.2c0 1.4-1 2.3-2.4 2.8-1.4-.5-2.4-1.4-2.4-2.8V5z'),
  coverGarden: cover('M7 9.8V6.6M7 7.6C5.4 7.6 4.8 6.6 4.8 5.2 6.2 5.2 7 6 7 7.2c0-1.2.8-2 2.2-2 0 1.4-.6 2.4-2.2 2.4'),
  coverOther: cover('M5 5l4 4M9 5 5 9'),
  coverUnknown: cover('M5.7 5.7c.1-1.7 2.6-1.7 2.6 0 0 1.2-1.3 1-1.3 2.2', circle(7, 9.7, 0.6)),
  hydrant: { fill: 'M5 12V6a2 2 0 0 1 4 0v6z', line: 'M3.4 12h7.2M3.6 8h6.8M7 4V2.6' },
  box: { fill: rect(2.6, 2.6, 8.8, 8.8), line: 'm2.8 11.2 8.4-8.4' },
  boxPower: { fill: rect(2.6, 2.6, 8.8, 8.8), line: 'M7.8 3.9 5.4 7.3h3.2L6.2 10.3' },
  boxGas: { fill: rect(2.6, 2.6, 8.8, 8.8), line: 'M7 4.6 9.4 9.2H4.6z' },
  pole: { fill: circle(7, 11, 1.5), line: 'M7 9.5V1.8M4 3.8h6' },
  poleTelecom: { fill: circle(7, 11, 1.5), line: 'M7 9.5V1.8M4.6 2.6l4.8 2.4M9.4 2.6 4.6 5' },
  poleMulti: { fill: rect(7, 5.4, 4, 2.6, 0.3), line: 'M7 12.4V1.8H2.8' },
  flag: { fill: 'M4.4 2h6.4L9.2 4.2l1.6 2.2H4.4z', line: 'M4.4 12.4V2' },
  tower: { line: 'M3.6 12.4 7 1.8l3.4 10.6M4.8 8.6h4.4M5.6 5.8h2.8M4.4 11.4l5-2.8M9.6 11.4l-5-2.8' },
  lamp: { fill: circle(7, 3.6, 2.3), line: 'M7 12V5.9' },
  lampGround: { fill: 'M3.2 10.4a3.8 3.8 0 0 1 7.6 0z', line: 'M7 4.6V2.4M3.4 6 2 4.6M10.6 6 12 4.6' },
  lampView: { fill: 'M4 5.6 5.4 2h3.2L10 5.6z', line: 'M7 12.2V5.6M5 12.2h4' },
  booth: { fill: 'M3 12V5.4h8V12z', line: 'M1.8 5.4 4 2.4h6l2.2 3M6 12V8h2.4v4' },
  phone: { fill: rect(3.6, 1.8, 6.8, 10.4), line: 'M5.6 4.4h2.8v4H5.6z' },
  postbox: { fill: 'M3.4 12V5.4a3.6 3.6 0 0 1 7.2 0V12z', line: 'M5.2 6h3.6M7 12v1' },
  vending: { fill: rect(3, 1.8, 8, 10.4), line: 'M4.8 3.6h2.8v4.6H4.8zM9.4 4v1.4M4.8 10.2h3' },
  fitness: { fill: circle(7, 2.9, 1.3), line: 'M2.6 6h8.8M7 4.4v4M7 8.4l-2.6 3.8M7 8.4l2.6 3.8' },
  camera: { fill: 'M2.6 3h6v3.8h-6z', line: 'M7 12.2V7.2', ink: 'm8.6 4.9 2.8-1.7v3.4z' },
  shelter: { fill: 'M2 5.6 7 2.4l5 3.2z', line: 'M3.6 5.8v6.4M10.4 5.8v6.4M5 10h4' },
  charge: { fill: rect(3, 2.4, 6, 9.8), line: 'M6.4 4.6 5 7.2h2L5.8 9.6M9 8h1.4v2.4a.8.8 0 0 0 1.6 0V5.6L10.6 4' },
  pipe: { fill: rect(1.8, 5, 10.4, 4), line: 'M4.4 4v6M9.6 4v6' },
  station: {
    fill: circle(7, 4, 1.2),
    line: 'M7 5.2v7M4.6 12.2h4.8M4.4 6.4a3.4 3.4 0 0 1 0-4.8M9.6 6.4a3.4 3.4 0 0 0 0-4.8',
  },
  gate: { fill: 'M1.8 4.4 3 2.4h8l1.2 2z', line: 'M3.6 4.4v7.8M10.4 4.4v7.8M3.6 7h6.8' },
  water: {
    line: 'M2 4.6c1.7-1.6 3.3-1.6 5 0s3.3 1.6 5 0M2 7.4c1.7-1.6 3.3-1.6 5 0s3.3 1.6 5 0M2 10.2c1.7-1.6 3.3-1.6 5 0s3.3 1.6 5 0',
  },
  sos: { fill: circle(7, 7, 5), line: 'M7 4v3.8', ink: circle(7, 9.8, 0.7) },
  locker: { fill: rect(2.2, 2.4, 9.6, 9.2), line: 'M5.4 2.4v9.2M8.6 2.4v9.2M2.2 7h9.6' },
  elevator: { fill: rect(3, 2, 8, 10.4), line: 'M5.2 6 7 4l1.8 2M5.2 8.4 7 10.4l1.8-2' },
  parking: { fill: rect(2.4, 2.4, 9.2, 9.2, 1.2), line: 'M5.4 10.4V4h2.2a2 2 0 0 1 0 4H5.4' },
  bus: { fill: rect(3, 2, 8, 8, 1.2), line: 'M3 6.4h8M4.6 10v2M9.4 10v2' },
  bridge: { line: 'M1.8 5.4h10.4M2.4 5.4c1.4 4.4 7.8 4.4 9.2 0M4 8.6V12M10 8.6V12' },
  tunnel: { fill: 'M2.4 12V7.4a4.6 4.6 0 0 1 9.2 0V12z', line: 'M5 12V8.4a2 2 0 0 1 4 0V12' },
  sign: { fill: rect(3, 2, 8, 5), line: STEM },
  signRound: { fill: circle(7, 4.6, 3), line: 'M7 12.2V7.6' },
  signStreet: { fill: rect(1.8, 2.6, 10.4, 3.8), line: 'M7 12.2V6.4' },
  signal: {
    fill: rect(4.8, 1.6, 4.4, 10.8, 1.4),
    ink: `${circle(7, 4.2, 0.9)}${circle(7, 7, 0.9)}${circle(7, 9.8, 0.9)}`,
  },
  rail: { line: 'M2.4 5h9.2M2.4 8h9.2M3.8 3.6V11M10.2 3.6V11' },
  bollard: { ink: circle(7, 7, 2.2) },
  barrel: { fill: 'M4.4 3h5.2l.8 8.6H3.6z', line: 'M4.2 5.8h5.6M3.9 8.6h6.2' },
  island: { fill: 'M2 7c1.6-2.8 8.4-2.8 10 0-1.6 2.8-8.4 2.8-10 0z' },
  display: { fill: rect(1.8, 3, 10.4, 6), line: 'M4 5h6M4 7h4M7 9v3.2' },
  wall: { line: 'M2 11.4V3.6M5.3 11.4V3.6M8.6 11.4V3.6M12 11.4V3.6M2 3.6h10' },
  bike: {
    fill: `${circle(3.9, 9, 2.1)}${circle(10.1, 9, 2.1)}`,
    line: 'M3.9 9 6 5.2h3L10.1 9M5.4 6.4 7 9h3.1M4.8 5.2h1.6',
  },
  toilet: { fill: rect(2.2, 2.6, 9.6, 9), line: 'M7 2.6v9M4.6 5.4v3.6M9.4 5.4v3.6' },
  bin: { fill: 'M3.6 4.4h6.8l-.8 7H4.4z', line: 'M2.8 4.4h8.4' },
  house: { fill: 'M2.6 12V6.4L7 2.6l4.4 3.8V12z', line: 'M5.6 12V8.6h2.8V12' },
  advert: { fill: rect(2, 2.4, 10, 5.6), line: 'M7 8v4.2M4.4 12.2h5.2' },
  board: { fill: rect(2, 3.2, 10, 6), line: 'M4 9.2v2.4M10 9.2v2.4' },
  monitor: { fill: circle(7, 4.4, 2.2), line: 'M7 6.6v5.6M4.6 12.2h4.8M7 4.4l1-1' },
  treeOld: { fill: circle(7, 5, 3.9), line: 'M7 12.4V6M7 8.4l2-2M7 7.4 5.2 5.8' },
  tree: { fill: circle(7, 5.2, 3.7), line: 'M7 12.2V8.9M5.4 5.8 7 4.2l1.6 1.6' },
  treeGuard: { line: 'M7 12.2V3M4 5v7M10 5v7M4 8h6' },
  pit: { fill: rect(3, 3, 8, 8, 0.6), line: circle(7, 7, 1.8) },
  flowers: { fill: 'M3 7.6h8l-1.4 4.4H4.4z', line: 'M7 7.6V4.4M5 7.6 4 5M9 7.6 10 5', ink: circle(7, 3.4, 1.3) },
  statue: { fill: circle(7, 3.4, 1.5), line: 'M7 4.9V9M4.8 6.6h4.4M4 12.2h6V9H4z' },
  seat: { line: 'M2.4 5h9.2M2.4 8h9.2M3.8 8v3M10.2 8v3' },
  fountain: { line: 'M7 9.4V5M7 5C6 2.6 3.8 3 3.6 5.4M7 5c1-2.4 3.2-2 3.4.4M2.6 9.4h8.8l-1.2 2.6H3.8z' },
  green: { fill: 'M2.4 11.6C2 6.4 6 2.6 11.6 2.4c.4 5.6-3 9.6-8 9z', line: 'M2.4 11.6 8 6' },
  fuel: { fill: rect(2.8, 2.2, 5.6, 10), line: 'M4.2 4h2.8v2.4H4.2zM8.4 7h1.4v3.2a.9.9 0 0 0 1.8 0V5.4L10 3.8' },
  heritage: { fill: 'M2 5 7 2l5 3z', line: 'M3.4 5.4v5M7 5.4v5M10.6 5.4v5M2 12h10' },
  other: { fill: rect(3, 3, 8, 8, 1.6) },
} as const satisfies Record<string, ClassSymbol>;

export type SymbolId = keyof typeof SYMBOLS;
export const SYMBOL_IDS = Object.keys(SYMBOLS) as SymbolId[];

export function symbol(id: SymbolId): ClassSymbol {
  return SYMBOLS[id];
}
