import type { ImportAs } from '../../api/delivery.ts';
import { ROLES, type Role } from '../../model/component.ts';
import type { ClassCatalogue } from './classes.ts';
import type { FieldDictionary } from './dictionary.ts';
import { halfWidth, normaliseCode, normaliseCoordinate } from './normalise.ts';
import { normaliseDate } from './normalise-date.ts';
import { contradicted, isClear, type FormShares, type FormTests, type ValueForm } from './value-forms.ts';

/** What is known where fields are matched to columns. */
export interface GuessContext {
  dictionary: FieldDictionary;
  catalogue: ClassCatalogue;
  tests: FormTests;
  /** Rows have shapes of their own: no column of coordinates is looked for by values. */
  placed: boolean;
}

export interface NamedField {
  name: string;
  samples: string[];
}

/** A column a field may fill, how sure, and by what: 'standard-name' | 'likely-name' | 'values' | 'values-and-name'. */
export interface Claim {
  column: string;
  confidence: number;
  why: string;
}

const coordinate = (value: string) => normaliseCoordinate(value) !== null;
const degrees = (value: string) => {
  const number = normaliseCoordinate(value);
  return number !== null && Math.abs(number) <= 180;
};

const WELL_FORMED: Record<string, (value: string) => boolean> = {
  code: (value) => /^[0-9A-Za-z]{6,20}$/u.test(normaliseCode(value).value ?? ''),
  surveyed_on: (value) => normaliseDate(value).value !== null,
  changed_on: (value) => normaliseDate(value).value !== null,
  x: coordinate,
  y: coordinate,
  lon: degrees,
  // As wide as longitude: under swapped headings, which the ranges tell later, it holds one.
  lat: degrees,
  class_code: (value) => /^\d{3,5}$/u.test(value) || /^\p{Script=Han}/u.test(value),
};

/** Share of samples a column could take; 1 where it takes anything or there are none to judge by. */
export function fitsColumn(column: string, samples: readonly string[]): number {
  const test = WELL_FORMED[column];
  if (test === undefined || samples.length === 0) return 1;
  return samples.filter((sample) => test(halfWidth(sample).replaceAll(/\s/gu, ''))).length / samples.length;
}

const EXACT = 1;
const LIKELY = 0.7;
/** A heading whose column is blank gives way to one that says something. */
const BLANK = 0.95;
const CONTRADICTED = 0.2;

const rounded = (value: number) => Math.round(value * 100) / 100;

/** Columns a heading stands for, as far as its values allow it. */
export function claimsByName(
  { dictionary }: GuessContext,
  as: ImportAs,
  field: NamedField,
  shares: FormShares,
): Claim[] {
  return dictionary.lookUp(as, field.name).map(({ column, exact }): Claim => {
    const base = (exact ? EXACT : LIKELY) * (field.samples.length === 0 ? BLANK : 1);
    const fit = 0.25 + 0.75 * fitsColumn(column, field.samples);
    const doubt = contradicted(as, column, shares) ? CONTRADICTED : 1;
    // A heading that only may mean it, and values that do: together they are sure enough.
    const proven = !exact && provenBy(as, column, shares);
    return {
      column,
      confidence: proven ? 0.88 : rounded(base * fit * doubt),
      why: proven ? 'values-and-name' : exact ? 'standard-name' : 'likely-name',
    };
  });
}

/** Forms that say one column only: their values settle what a loose heading leaves open. */
const TELLING: Partial<Record<ValueForm, readonly string[]>> = {
  'component-code': ['code'],
  'grid-code': ['grid_text'],
  'class-code': ['class_code'],
  'class-name': ['name', 'class_code'],
  'unit-name': ROLES.map((role) => `${role}_text`),
  'street-name': ['street_text'],
  'community-name': ['community_text'],
  date: ['surveyed_on', 'changed_on'],
  state: ['state'],
  confirmation: ['confirmation'],
  photo: ['photo'],
  wkt: ['wkt'],
};

function provenBy(as: ImportAs, column: string, shares: FormShares): boolean {
  if (as !== 'component') return false;
  return Object.entries(TELLING).some(
    ([form, columns]) => columns.includes(column) && isClear(shares, form as ValueForm),
  );
}

const ROLE_WORDS: Record<Role, RegExp> = {
  supervisor: /主管|监管|superv/iu,
  owner: /权属|产权|所有|owner/iu,
  maintainer: /养护|维护|管护|管养|维修|mainten|maintain|conserv/iu,
  responsible: /责任|属地|处置|duty|respons/iu,
};

/** The role a heading speaks of, or its neighbours do. */
function roleOf(name: string, beside: readonly string[]): { role: Role | null; near: boolean } {
  const own = ROLES.find((role) => ROLE_WORDS[role].test(name));
  if (own !== undefined) return { role: own, near: false };
  const near = ROLES.find((role) => beside.some((column) => column.startsWith(`${role}_`)));
  return { role: near ?? null, near: true };
}

/** Where values may go that do not say which of several columns they are of: asked about. */
const ASKED = 0.6;
const [FIRST_ROLE] = ['owner'] as const;

/** What the values say, whatever the heading. `beside` are columns of the fields next to it, by their headings. */
export function claimsByValue(as: ImportAs, field: NamedField, shares: FormShares, beside: readonly string[]): Claim[] {
  if (as !== 'component') return otherKinds(as, field.samples);
  const claims: Claim[] = [];
  const add = (form: ValueForm, column: string, confidence: number) => {
    if (isClear(shares, form)) claims.push({ column, confidence, why: 'values' });
  };
  add('component-code', 'code', 0.85);
  add('grid-code', 'grid_text', 0.82);
  add('community-code', 'community_code_text', 0.82);
  add('street-code', 'street_code_text', 0.82);
  add('class-code', 'class_code', 0.82);
  add('class-name', 'name', 0.85);
  add('street-name', 'street_text', 0.82);
  add('community-name', 'community_text', 0.82);
  add('state', 'state', 0.82);
  add('confirmation', 'confirmation', 0.82);
  add('photo', 'photo', 0.85);
  add('wkt', 'wkt', 0.9);
  const { role, near } = roleOf(field.name, beside);
  const known = role === null ? ASKED : near ? 0.8 : 0.85;
  add('credit-code', `${role ?? FIRST_ROLE}_code_text`, known);
  const units = shares.get('unit-name') ?? 0;
  if (units >= 0.6) claims.push({ column: `${role ?? FIRST_ROLE}_text`, confidence: known, why: 'values' });
  const changed = /变更|更新|修改|change|update/iu.test(field.name);
  const surveyed = /日期|时间|普查|采集|调查|date|time/iu.test(field.name);
  add('date', changed ? 'changed_on' : 'surveyed_on', changed || surveyed ? 0.8 : ASKED);
  return claims;
}

/** Codes of places and units have one length each. */
function otherKinds(as: ImportAs, samples: readonly string[]): Claim[] {
  const values = samples.map((sample) => halfWidth(sample).trim());
  const all = (form: RegExp) => values.length > 0 && values.every((value) => form.test(value));
  const claim = (column: string, confidence: number) => [{ column, confidence, why: 'values' }];
  if (as === 'unit-grid' && all(/^\d{6}[0-9A-Za-z]{8,9}$/u)) return claim('code', 0.85);
  if (as === 'street' && all(/^\d{9}$/u)) return claim('code', 0.85);
  if (as === 'community' && all(/^\d{12}$/u)) return claim('code', 0.85);
  if (as === 'unit' && all(/^[0-9A-HJ-NPQRTUWXY]{18}$/u)) return claim('credit_code', 0.9);
  return [];
}

/** Coordinates by their ranges: only in pairs, each of which one field alone has, and where rows have no shapes. */
export function claimPairs(fields: readonly FormShares[]): Map<number, Claim> {
  const only = (form: ValueForm): number | null => {
    const found = fields.flatMap((shares, i) => (isClear(shares, form) ? [i] : []));
    return found.length === 1 ? (found[0] ?? null) : null;
  };
  const claims = new Map<number, Claim>();
  const pairs: [ValueForm, string, ValueForm, string][] = [
    ['lon', 'lon', 'lat', 'lat'],
    ['easting', 'x', 'northing', 'y'],
  ];
  for (const [a, toA, b, toB] of pairs) {
    const [first, second] = [only(a), only(b)];
    if (first === null || second === null || first === second) continue;
    claims.set(first, { column: toA, confidence: 0.85, why: 'values' });
    claims.set(second, { column: toB, confidence: 0.85, why: 'values' });
  }
  return claims;
}
