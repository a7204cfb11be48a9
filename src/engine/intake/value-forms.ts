import type { ImportAs } from '../../api/delivery.ts';
import { isCreditCode, normaliseUnitName } from '../../model/unit.ts';
import type { IntakeEnvironment } from './environment.ts';
import { halfWidth, normaliseChoice, normaliseCode, normaliseCoordinate } from './normalise.ts';
import { normaliseDate } from './normalise-date.ts';

/** What values are, whatever their heading says. */
export type ValueForm =
  | 'component-code'
  | 'grid-code'
  | 'community-code'
  | 'street-code'
  | 'credit-code'
  | 'class-code'
  | 'class-name'
  | 'unit-name'
  | 'street-name'
  | 'community-name'
  | 'date'
  | 'state'
  | 'confirmation'
  | 'lon'
  | 'lat'
  | 'easting'
  | 'northing'
  | 'photo'
  | 'wkt'
  | 'phone'
  | 'sequence';

/** Whether a value can be of a form; what is known of the district makes it narrower. */
export type FormTests = Record<Exclude<ValueForm, 'sequence'>, (value: string) => boolean>;

const STATES = new Set(['完好', '破损', '丢失', '废弃', '移除', '损坏', '缺失', '正常', '良好', '拆除']);
const PROVINCE = '(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5])';

type Known = Pick<IntakeEnvironment, 'catalogue' | 'dictionary' | 'names' | 'project'>;
const made = new WeakMap<Known, FormTests>();

/** The forms, with the codes of the project's district and the names it knows. Made once an environment. */
export function formTests(environment: Known): FormTests {
  const tests = made.get(environment) ?? makeTests(environment);
  made.set(environment, tests);
  return tests;
}

function makeTests(environment: Known): FormTests {
  const prefix = environment.project?.district ?? `${PROVINCE}\\d{4}`;
  const digits = (form: string) => {
    const test = new RegExp(`^${prefix}${form}$`, 'u');
    return (value: string) => test.test(normaliseCode(value).value ?? '');
  };
  const names = environment.names();
  const units = new Set(names.units.map(normaliseUnitName));
  const streets = new Set(names.streets);
  const communities = new Set(names.communities);
  const { catalogue, dictionary } = environment;
  const between = (least: number, most: number, decimals: number) => (value: string) => {
    const number = normaliseCoordinate(value);
    const fine = decimals === 0 || /[°度]/u.test(value) || (/\.(\d+)/u.exec(value)?.[1]?.length ?? 0) >= decimals;
    return number !== null && number >= least && number <= most && fine;
  };
  const easting = between(100_000, 900_000, 0);
  const zoned = between(13_000_000, 45_999_999, 0);
  return {
    'component-code': digits('\\d{10,11}'),
    'grid-code': digits('[0-9A-Za-z]{8,9}'),
    'community-code': digits('\\d{6}'),
    'street-code': digits('\\d{3}'),
    'credit-code': (value) => isCreditCode((normaliseCode(value).value ?? '').toUpperCase()),
    'class-code': (value) => /^\d{4,5}$/u.test(value) && catalogue.byCode(value).length > 0,
    'class-name': (value) => catalogue.byName(value).length > 0,
    'unit-name': (value) => units.has(normaliseUnitName(value)),
    'street-name': (value) => streets.has(value),
    'community-name': (value) => communities.has(value),
    date: (value) => /\D|^(?:19|20)\d{6}$/u.test(value) && normaliseDate(value).value !== null,
    state: (value) => STATES.has(value),
    confirmation: (value) => normaliseChoice(value, dictionary.confirmation).value !== null,
    lon: between(73, 136, 3),
    lat: between(3, 54, 3),
    easting: (value) => easting(value) || zoned(value),
    northing: between(1_800_000, 6_000_000, 0),
    photo: (value) => /\.(?:jpe?g|png|bmp|gif|webp|heic|tiff?)(?:[?;,|].*)?$/iu.test(value),
    wkt: (value) => /^(?:multi)?(?:point|linestring|polygon)\s*z?m?\s*\(/iu.test(value),
    phone: (value) => /^(?:1[3-9]\d{9}|0\d{2,3}-\d{7,8})$/u.test(value),
  };
}

/** Share of the values that are of each form; only forms that any value has. */
export type FormShares = ReadonlyMap<ValueForm, number>;

export function formShares(tests: FormTests, samples: readonly string[]): FormShares {
  const shares = new Map<ValueForm, number>();
  if (samples.length === 0) return shares;
  const values = samples.map((sample) => halfWidth(sample).trim());
  for (const [form, test] of Object.entries(tests)) {
    const share = values.filter(test).length / values.length;
    if (share > 0) shares.set(form as ValueForm, share);
  }
  const first = Number(values[0]);
  if (values.length >= 5 && values.every((value, i) => /^\d{1,7}$/u.test(value) && Number(value) === first + i))
    shares.set('sequence', 1);
  return shares;
}

const roleColumns = (suffix: string) =>
  ['supervisor', 'owner', 'maintainer', 'responsible'].map((role) => role + suffix);

/** The columns of a component that values of a form may fill, wherever they stand. */
const COMPONENT: Record<ValueForm, readonly string[]> = {
  'component-code': ['code'],
  'grid-code': ['grid_text'],
  'community-code': ['community_code_text'],
  'street-code': ['street_code_text'],
  'credit-code': roleColumns('_code_text'),
  'class-code': ['class_code'],
  'class-name': ['name', 'class_code'],
  'unit-name': [...roleColumns('_text'), 'surveyor', 'street_text', 'community_text'],
  'street-name': ['street_text', ...roleColumns('_text')],
  'community-name': ['community_text', ...roleColumns('_text')],
  date: ['surveyed_on', 'changed_on'],
  state: ['state'],
  confirmation: ['confirmation', ...roleColumns('_text'), 'state'],
  lon: ['lon', 'lat', 'x', 'y'],
  lat: ['lat', 'lon', 'x', 'y'],
  easting: ['x', 'y', 'lon', 'lat'],
  northing: ['x', 'y', 'lon', 'lat'],
  photo: ['photo'],
  wkt: ['wkt'],
  phone: [],
  sequence: [],
};

/** Columns of a component that hold codes, dates, names of a kind: a clear form of another kind rules them out. */
const TYPED: ReadonlySet<string> = new Set(Object.values(COMPONENT).flat());

const CLEAR = 0.9;
const SOME = 0.5;

/** Whether the values are clearly something this column never holds. */
export function contradicted(as: ImportAs, column: string, shares: FormShares): boolean {
  if (as !== 'component' || !TYPED.has(column)) return false;
  const fits = [...shares].some(([form, share]) => share >= SOME && COMPONENT[form].includes(column));
  return !fits && [...shares].some(([, share]) => share >= CLEAR);
}

/** The form most of the values have, if it is clear. */
export function isClear(shares: FormShares, form: ValueForm): boolean {
  return (shares.get(form) ?? 0) >= CLEAR;
}
