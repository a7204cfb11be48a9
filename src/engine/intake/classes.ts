import { readFileSync } from 'node:fs';
import { halfWidth } from './normalise.ts';

export interface CatalogueClass {
  scheme: string;
  code: string;
  name: string;
  majorCode: string;
  geometry: 'point' | 'line' | 'polygon' | null;
}

/** Classes of all schemes we ship, found by code, by name, or both together. */
export interface ClassCatalogue {
  classes: readonly CatalogueClass[];
  find(scheme: string, code: string): CatalogueClass | null;
  byCode(code: string): CatalogueClass[];
  byName(name: string): CatalogueClass[];
}

/** A name as compared: half width, without blanks, one kind of bracket, whatever mark parts its words. */
function nameKey(name: string): string {
  return halfWidth(name)
    .replaceAll(/[\s"'“”]/gu, '')
    .replaceAll(/[[{【〔［]/gu, '(')
    .replaceAll(/[\]}】〕］]/gu, ')')
    .replaceAll(/[、,/]/gu, '、');
}

/** Reads `resources/catalogue/component-classes.json`, and what surveys call classes besides from `resources/class-synonyms.json`. */
export function loadClasses(resources: URL): ClassCatalogue {
  const text = readFileSync(new URL('catalogue/component-classes.json', resources), 'utf8');
  const classes = JSON.parse(text) as CatalogueClass[];
  const byCode = Map.groupBy(classes, (entry) => entry.code);
  const byName = Map.groupBy(classes, (entry) => nameKey(entry.name));
  const { names } = JSON.parse(readFileSync(new URL('class-synonyms.json', resources), 'utf8')) as {
    names: Record<string, string[]>;
  };
  for (const [name, others] of Object.entries(names)) {
    const meant = byName.get(nameKey(name)) ?? [];
    for (const other of others) if (!byName.has(nameKey(other))) byName.set(nameKey(other), meant);
  }
  return {
    classes,
    find: (scheme, code) => byCode.get(code)?.find((entry) => entry.scheme === scheme) ?? null,
    byCode: (code) => byCode.get(code) ?? [],
    byName: (name) => byName.get(nameKey(name)) ?? [],
  };
}

/** Classes a mistyped code or a name may have been meant for, as 'code name', best first. */
export function nearClasses(catalogue: ClassCatalogue, scheme: string | null, typed: string): string[] {
  const text = typed.trim();
  const named = catalogue.byName(text);
  const distance = (code: string) => {
    if (code.length !== text.length) return code.endsWith(text) || text.endsWith(code) || code.startsWith(text) ? 1 : 9;
    return Array.from(code).filter((digit, i) => digit !== text[i]).length;
  };
  const near = catalogue.classes
    .map((entry) => ({ entry, far: distance(entry.code) + (entry.scheme === scheme ? 0 : 0.5) }))
    .filter(({ far }) => far < 2)
    .toSorted((a, b) => a.far - b.far || (a.entry.code < b.entry.code ? -1 : 1))
    .map(({ entry }) => entry);
  const containing = /\p{Script=Han}/u.test(text)
    ? catalogue.classes.filter(({ name }) => name.includes(text) || text.includes(name))
    : [];
  const first = [...named, ...near, ...containing].toSorted(
    (a, b) => Number(b.scheme === scheme) - Number(a.scheme === scheme),
  );
  return [...new Set(first.map(({ code, name }) => `${code} ${name}`))].slice(0, 5);
}

/** A class code as a field states it; a zero that a spreadsheet took from its head is put back where only then there is such a class. */
export function statedClassCode(catalogue: ClassCatalogue, text: string | null): string | null {
  if (text === null || !/^\d{3,5}$/u.test(text)) return null;
  if (catalogue.byCode(text).length > 0 || catalogue.byCode(`0${text}`).length === 0)
    return text.length < 4 ? null : text;
  return `0${text}`;
}

export interface ClassGuess {
  scheme: string | null;
  code: string | null;
  name: string | null;
  confidence: number;
  evidence: { code: string; data: Record<string, unknown> }[];
}

/** Class digits inside a component code: 5 of a 17-digit one (2026), 4 of a 16-digit one (earlier schemes). */
export function classOfComponentCode(code: string | null): string | null {
  if (code === null) return null;
  if (/^\d{17}$/u.test(code)) return code.slice(6, 11);
  if (/^\d{16}$/u.test(code)) return code.slice(6, 10);
  return null;
}

/** What a table's values say of its class: distinct (class code, name) pairs with their counts. */
export interface ClassSample {
  classCode: string | null;
  name: string | null;
  count: number;
}

/**
 * Which scheme and class a table is of. Code and name together tell the scheme (the same four digits mean different things in
 * different ones); the file's name ('BJ0103', '01003', '部件_绿地护栏') speaks where the rows are silent or agree.
 */
export function guessClass(
  catalogue: ClassCatalogue,
  file: string,
  samples: ClassSample[],
  projectScheme: string | null,
): ClassGuess {
  const schemes = scoreSchemes(catalogue, samples, projectScheme);
  const fromFile = classFromFile(catalogue, file, schemes[0]?.scheme ?? projectScheme);
  const codes = new Set(samples.map((sample) => sample.classCode).filter((code) => code !== null));
  const names = new Set(samples.map((sample) => sample.name).filter((name) => name !== null));
  const evidence: ClassGuess['evidence'] = [];
  const best = schemes[0];
  if (best !== undefined)
    evidence.push({ code: 'code-and-name', data: { scheme: best.scheme, agree: best.agree, of: best.of } });
  if (fromFile !== null)
    evidence.push({ code: 'file-name', data: { file, class: fromFile.code, name: fromFile.name } });

  if (codes.size > 1 || names.size > 1) {
    evidence.push({ code: 'several-classes', data: { count: Math.max(codes.size, names.size) } });
    return { scheme: best?.scheme ?? projectScheme, code: null, name: null, confidence: best?.share ?? 0.5, evidence };
  }
  const only = samples[0];
  const scheme = best?.scheme ?? fromFile?.scheme ?? projectScheme;
  const named = only?.name === undefined || only.name === null ? [] : catalogue.byName(only.name);
  const found =
    (scheme !== null && only?.classCode != null ? catalogue.find(scheme, only.classCode) : null) ??
    named.find((entry) => entry.scheme === scheme) ??
    fromFile;
  const confidence = found === null ? 0.3 : best !== undefined ? best.share : fromFile === null ? 0.6 : 0.85;
  return {
    scheme: found?.scheme ?? scheme,
    code: found?.code ?? null,
    name: found?.name ?? null,
    confidence,
    evidence,
  };
}

interface SchemeScore {
  scheme: string;
  agree: number;
  of: number;
  share: number;
}

/** Rows whose code and name are one class of the scheme; a code alone counts a third, since codes repeat between schemes. */
function scoreSchemes(catalogue: ClassCatalogue, samples: ClassSample[], preferred: string | null): SchemeScore[] {
  const scores = new Map<string, { agree: number; weak: number }>();
  let total = 0;
  for (const { classCode, name, count } of samples) {
    if (classCode === null && name === null) continue;
    total += count;
    const byCode = classCode === null ? [] : catalogue.byCode(classCode);
    const candidates = classCode === null && name !== null ? catalogue.byName(name) : byCode;
    for (const entry of candidates) {
      const score = scores.get(entry.scheme) ?? { agree: 0, weak: 0 };
      if (name !== null && catalogue.byName(name).includes(entry)) score.agree += count;
      else if (name === null) score.weak += sameEverywhere(candidates) ? count : count * AMBIGUOUS;
      scores.set(entry.scheme, score);
    }
  }
  const rank = (entry: { scheme: string; agree: number; weak: number }) =>
    entry.agree + entry.weak / 3 + (entry.scheme === preferred ? 0.5 : 0);
  return [...scores]
    .map(([scheme, score]) => ({ scheme, ...score }))
    .filter((score) => score.agree + score.weak > 0)
    .toSorted((a, b) => rank(b) - rank(a))
    .map(({ scheme, agree, weak }) => ({ scheme, agree, of: total, share: (agree + weak * 0.9) / total }));
}

/** A code alone, of a class that is another one in another scheme, tells little: 0114 is 园林井盖, 无主井盖 or 不明井盖. */
const AMBIGUOUS = 2 / 3;

function sameEverywhere(entries: readonly CatalogueClass[]): boolean {
  return new Set(entries.map(({ name }) => name)).size <= 1;
}

function classFromFile(catalogue: ClassCatalogue, file: string, scheme: string | null): CatalogueClass | null {
  const base = (file.split('/').at(-1) ?? file).replace(/\.[^.]*$/u, '');
  const digits = /(?<![0-9])(\d{4,5})(?![0-9])/u.exec(base)?.[1];
  if (digits !== undefined) {
    const entries = catalogue.byCode(digits);
    const found = entries.find((entry) => entry.scheme === scheme) ?? entries[0];
    if (found !== undefined) return found;
  }
  for (const part of base.split(/[_\-\s（）()]+/u).filter((word) => word.length >= 2)) {
    const entries = catalogue.byName(part);
    const found = entries.find((entry) => entry.scheme === scheme) ?? entries[0];
    if (found !== undefined) return found;
  }
  return null;
}
