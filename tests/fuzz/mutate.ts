import { unzipSync, zipSync } from 'fflate';
import { seeded } from '../delivered.ts';
import { attack, ATTACKS } from './attacks.ts';
import type { FuzzSeed } from './seeds.ts';

/** A delivery made from a healthy one, and what was done to it. */
export interface Mutation {
  index: number;
  kind: string;
  how: string;
  files: Record<string, Uint8Array>;
}

type Random = () => number;
type Change = (bytes: Uint8Array, random: Random) => Uint8Array;

const below = (random: Random, limit: number): number => Math.floor(random() * limit);
const pick = <T>(random: Random, list: readonly [T, ...T[]]): T => list[below(random, list.length)] ?? list[0];

/** A place: anywhere, or among the first or last bytes, where formats keep their counts. */
function placeIn(bytes: Uint8Array, random: Random): number {
  const size = Math.max(1, bytes.length);
  switch (below(random, 3)) {
    case 0:
      return below(random, Math.min(size, 128));
    case 1:
      return size - 1 - below(random, Math.min(size, 128));
    default:
      return below(random, size);
  }
}

const ABSURD: [number, ...number[]] = [
  0xffffffff, 0x7fffffff, 0x80000000, 0xfffffffe, 0x10000000, 0xffff, 0x8000, 1, 0,
];
const DOUBLES: [number, ...number[]] = [NaN, Infinity, -Infinity, 1e308, -1e308, 5e-324, -0];
const WORDS: [string, ...string[]] = [
  ...([
    'NaN',
    '-Infinity',
    '1e999',
    '-0',
    'null',
    '1e-400',
    '99999999999999999999',
    '0x10',
    ',,,',
    '""',
    '\0',
  ] as const),
  ...(['<', '>', '&', '"', "'", ']]>', '<!--', '{', '}', '[', ']', '\r', '\n', '\t', '\ufffd', '\ufeff'] as const),
];

const CHANGES: Record<string, Change> = {
  flip: (bytes, random) => {
    const copy = Uint8Array.from(bytes);
    for (let i = 1 + below(random, 8); i > 0; i--) {
      const at = placeIn(copy, random);
      copy[at] = (copy[at] ?? 0) ^ (1 << below(random, 8));
    }
    return copy;
  },
  cut: (bytes, random) => bytes.slice(0, below(random, bytes.length + 1)),
  behead: (bytes, random) => bytes.slice(below(random, Math.min(64, bytes.length))),
  fill: (bytes, random) => {
    const copy = Uint8Array.from(bytes);
    const at = placeIn(copy, random);
    copy.fill(pick(random, [0, 0xff, 0x20, below(random, 256)]), at, at + 1 + below(random, 64));
    return copy;
  },
  number: (bytes, random) => {
    const copy = Buffer.from(bytes);
    for (let i = 1 + below(random, 3); i > 0 && copy.length >= 4; i--) {
      const at = Math.min(placeIn(copy, random) & ~1, copy.length - 4);
      const value = pick(random, ABSURD);
      if (random() < 0.5) copy.writeUInt32LE(value, at);
      else copy.writeUInt32BE(value, at);
    }
    return copy;
  },
  double: (bytes, random) => {
    const copy = Buffer.from(bytes);
    if (copy.length < 8) return copy;
    const at = Math.min(placeIn(copy, random) & ~3, copy.length - 8);
    copy.writeDoubleLE(pick(random, DOUBLES), at);
    return copy;
  },
  repeat: (bytes, random) => {
    const from = placeIn(bytes, random);
    const piece = bytes.slice(from, from + 1 + below(random, 400));
    const times = 1 + below(random, 300);
    const at = placeIn(bytes, random);
    return Buffer.concat([bytes.subarray(0, at), ...Array.from({ length: times }, () => piece), bytes.subarray(at)]);
  },
  remove: (bytes, random) => {
    const at = placeIn(bytes, random);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + below(random, 200))]);
  },
  swap: (bytes, random) => {
    const a = placeIn(bytes, random);
    const length = 1 + below(random, 64);
    const b = placeIn(bytes, random);
    const copy = Uint8Array.from(bytes);
    copy.set(bytes.subarray(b, b + length).subarray(0, copy.length - a), a);
    copy.set(bytes.subarray(a, a + length).subarray(0, copy.length - b), b);
    return copy;
  },
  word: (bytes, random) => {
    const text = Buffer.from(bytes).toString('latin1');
    const numbers = [...text.slice(0, 1 << 16).matchAll(/-?\d+(?:\.\d+)?/g)];
    const one = numbers[below(random, numbers.length)];
    const at = random() < 0.7 && one ? one.index : placeIn(bytes, random);
    const end = random() < 0.7 && one ? at + one[0].length : at;
    const word = Buffer.from(pick(random, WORDS)).toString('latin1');
    return Buffer.from(text.slice(0, at) + word + text.slice(Math.max(at, end)), 'latin1');
  },
  splice: (bytes, random) => {
    const noise = Uint8Array.from({ length: 1 + below(random, 300) }, () => below(random, 256));
    const at = placeIn(bytes, random);
    return Buffer.concat([bytes.subarray(0, at), noise, bytes.subarray(at)]);
  },
};
const NAMES = Object.keys(CHANGES) as [string, ...string[]];

/** Changes a file as it lies, or a file within an archive, which is then packed anew with right check sums. */
function change(bytes: Uint8Array, random: Random): { bytes: Uint8Array; how: string } {
  const how = pick(random, NAMES);
  const apply = CHANGES[how] ?? ((same: Uint8Array) => same);
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b || random() < 0.4) return { bytes: apply(bytes, random), how };
  const entries = unpacked(bytes);
  if (entries.length === 0) return { bytes: apply(bytes, random), how };
  const chosen = below(random, entries.length);
  const packed = entries.map(([name, inner], i) => [name, i === chosen ? apply(inner, random) : inner] as const);
  return { bytes: zipSync(Object.fromEntries(packed), { level: 1 }), how: `${how} in ${entries[chosen]?.[0] ?? ''}` };
}

/** Bytes a file may claim to unpack to, for a mutation to look into it. */
const LARGEST = 4 * 1024 * 1024;

/** Files of an archive; none where an earlier step has broken it. */
function unpacked(bytes: Uint8Array): [string, Uint8Array][] {
  try {
    return Object.entries(unzipSync(bytes, { filter: ({ originalSize }) => originalSize < LARGEST }));
  } catch {
    return [];
  }
}

/** One mutation in so many is no mutation but an attack. */
const ATTACK_SHARE = Number(process.env['GEWU_FUZZ_ATTACKS'] ?? 0.06);
const ENDINGS: [string, ...string[]] = [
  ...(['shp', 'dbf', 'shx', 'xlsx', 'xls', 'csv', 'txt', 'geojson', 'json', 'kml', 'kmz', 'zip', 'gpkg'] as const),
];

/** The mutation of a number: always the same one. */
export function mutation(seeds: readonly FuzzSeed[], index: number): Mutation {
  const random = seeded(0x9e3779b9 ^ Math.imul(index + 1, 0x85ebca6b));
  // The first numbers of a linear congruence hang together.
  for (let i = 0; i < 4; i++) random();
  if (random() < ATTACK_SHARE) {
    const name = pick(random, ATTACKS);
    return { index, kind: 'attack', how: name, files: attack(name, random) };
  }
  const seed = seeds[index % seeds.length] ?? { kind: 'none', files: {} };
  const files = { ...seed.files };
  const steps: string[] = [];
  const names = Object.keys(files) as [string, ...string[]];
  if (names.length > 1 && random() < 0.15) {
    const lost = pick(random, names);
    delete files[lost];
    steps.push(`without ${lost}`);
  }
  for (let i = random() < 0.75 ? 1 : 3; i > 0; i--) {
    const left = Object.keys(files) as [string, ...string[]];
    const name = pick(random, left);
    const done = change(files[name] ?? new Uint8Array(0), random);
    files[name] = done.bytes;
    steps.push(`${name}: ${done.how}`);
  }
  if (random() < 0.04) {
    const [name = '', bytes = new Uint8Array(0)] = Object.entries(files)[0] ?? [];
    const ending = pick(random, ENDINGS);
    delete files[name];
    files[`renamed.${ending}`] = bytes;
    steps.push(`called ${ending}`);
  }
  return { index, kind: seed.kind, how: steps.join(', '), files };
}
