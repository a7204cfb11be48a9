import type { Derivation } from '../../model/derive.ts';
import type { DerivedGuess } from './decide-mapping.ts';
import { headingKey } from './dictionary.ts';
import type { NamedField } from './column-claims.ts';
import type { ClassCatalogue } from './classes.ts';
import { normaliseCoordinate } from './normalise.ts';

const SURE_ENOUGH = 0.9;
const MAJOR = new Set(
  ['LARGECLASS', '大类', '大类代码', '大类编码', '部件大类', '部件大类代码', 'DLDM', 'DL'].map(headingKey),
);
const MINOR = new Set(
  ['SMALLCLASS', '小类', '小类代码', '小类编码', '部件小类', '部件小类代码', 'XLDM', 'XL'].map(headingKey),
);

/**
 * Columns of a component that no field holds whole: the class in two fields, both coordinates in one. Looked for by headings and values;
 * a field of its own that fills the column goes before.
 */
export function guessDerived(
  catalogue: ClassCatalogue,
  fields: readonly NamedField[],
  placed: boolean,
): (DerivedGuess & { replaces: boolean })[] {
  const joined = classInTwo(catalogue, fields);
  return [
    ...(joined === null ? [] : [{ derivation: joined, confidence: SURE_ENOUGH, why: 'values', replaces: true }]),
    ...(placed ? [] : placeInOne(fields)).map((derivation) => ({
      derivation,
      confidence: 0.85,
      why: 'values',
      replaces: false,
    })),
  ];
}

/** Two digits of the major class and two or three of the minor one; zeros a spreadsheet took are put back. */
function classInTwo(catalogue: ClassCatalogue, fields: readonly NamedField[]): Derivation | null {
  const find = (names: ReadonlySet<string>, form: RegExp) =>
    fields.find(({ name, samples }) => {
      return names.has(headingKey(name)) && samples.length > 0 && samples.every((value) => form.test(value.trim()));
    });
  const major = find(MAJOR, /^\d{1,2}$/u);
  const minor = find(MINOR, /^\d{1,3}$/u);
  if (major === undefined || minor === undefined || major === minor) return null;
  const known = (width: number) =>
    minor.samples.filter((value) =>
      major.samples.some(
        (head) => catalogue.byCode(head.trim().padStart(2, '0') + value.trim().padStart(width, '0')).length > 0,
      ),
    ).length;
  const [two, three] = [known(2), known(3)];
  const long = minor.samples.some((value) => value.trim().length === 3);
  if (Math.max(two, three) < minor.samples.length * 0.9) return null;
  // 1 and 1 are 0101 as well as 01001: only written zeros or a third digit tell.
  const width = long || three > two ? 3 : 2;
  if (two === three && !long && minor.samples.every((value) => value.trim().length === 1)) return null;
  return { to: 'class_code', op: 'concat', from: [major.name, minor.name], widths: [2, width] };
}

const PAIR = /^(\S+?)\s*([,，;；、|\s])\s*(\S+)$/u;

/** 116.305694,40.041667 in one field: two parts, east first unless the ranges say otherwise later. */
function placeInOne(fields: readonly NamedField[]): Derivation[] {
  for (const { name, samples } of fields) {
    const pairs = samples.map((value) => PAIR.exec(value.trim()));
    const [first] = pairs;
    if (first === undefined || first === null || samples.length === 0) continue;
    const separator = first[2] ?? '';
    const numbers = pairs.map((pair) =>
      pair === null || (pair[2] ?? '') !== separator
        ? null
        : [normaliseCoordinate(pair[1] ?? ''), normaliseCoordinate(pair[3] ?? '')],
    );
    const both = numbers.flatMap((pair) => (pair === null || pair.includes(null) ? [] : [pair as [number, number]]));
    if (both.length < samples.length * 0.9) continue;
    const degrees = both.every(([a, b]) => isDegrees(a, b) || isDegrees(b, a));
    const metres = both.every(([a, b]) => Math.min(a, b) > 100_000 && Math.max(a, b) < 50_000_000);
    if (!degrees && !metres) continue;
    const [east, north] = degrees ? ['lon', 'lat'] : ['x', 'y'];
    const split = (to: string, part: number): Derivation => ({ to, op: 'split', from: [name], separator, part });
    return [split(east ?? '', 1), split(north ?? '', 2)];
  }
  return [];
}

const isDegrees = (lon: number, lat: number) => lon > 73 && lon < 136 && lat > 3 && lat < 54;
