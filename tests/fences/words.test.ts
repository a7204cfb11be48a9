import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync, Visitor } from 'rolldown/utils';
import { describe, expect, it } from 'vitest';
import { doubts } from '../../src/api/words/doubts.ts';
import { faults } from '../../src/api/words/faults.ts';
import { refusals } from '../../src/api/words/refusals.ts';
import { fill } from '../../src/api/words/sentence.ts';
import { isTest, sourceFiles } from '../../tools/house/source-files.ts';
import { root } from '../root.ts';

/** A part of a parsed file, as far as is looked at here. */
interface Part {
  type: string;
  value?: unknown;
  name?: string;
  start?: number;
  properties?: Part[];
  key?: Part;
  shorthand?: boolean;
  consequent?: Part;
  alternate?: Part;
  property?: Part;
}

/** Something refused or doubted in the sources. */
interface Said {
  place: string;
  /** What it is made as: an error's class, or 'doubt', 'fault', 'loss'. */
  as: string;
  codes: string[];
  /** The code is that of something said elsewhere: `doubt.code`. */
  passedOn?: boolean;
  /** Reasons written in its data; null where there is none. One that is worked out counts as all of the code. */
  reasons: string[] | 'worked out' | null;
  /** What the data hold; null where that is not all written there. */
  keys: string[] | null;
}

const ERRORS = new Set(['FormatError', 'GewuError', 'ProjectError', 'GeometryError', 'CrsError']);

const sources = sourceFiles(root, ['src', 'electron']).filter(
  (path) => !isTest(path) && !path.startsWith('src/api/words/'),
);
const said = sources.flatMap(saidIn);

function saidIn(path: string): Said[] {
  const text = readFileSync(join(root, path), 'utf8');
  const { program } = parseSync(path, text, { sourceType: 'module', lang: path.endsWith('x') ? 'tsx' : 'ts' });
  const found: Said[] = [];
  const at = (start: number) => `${path}:${text.slice(0, start).split('\n').length}`;
  new Visitor({
    NewExpression(node) {
      if (node.callee.type !== 'Identifier') return;
      if (node.callee.name === 'GeometryProblem')
        found.push({
          place: at(node.start),
          as: 'fault',
          codes: texts(node.arguments[0] as Part),
          reasons: null,
          keys: null,
        });
      if (!ERRORS.has(node.callee.name)) return;
      const [code, , data] = node.arguments as (Part | undefined)[];
      const passedOn = code?.type === 'MemberExpression' && code.property?.name === 'code';
      found.push({ place: at(node.start), as: node.callee.name, codes: texts(code), passedOn, ...dataOf(data) });
    },
    CallExpression(node) {
      const name = calledName(node.callee as Part);
      const parts = node.arguments as Part[];
      const none = { reasons: null, keys: null } as const;
      if (name === 'usage') {
        const data = dataOf(parts[2]);
        // The command comes by itself.
        const keys = data.keys === null ? null : [...data.keys, 'command'];
        found.push({ place: at(node.start), as: 'GewuError', codes: ['usage'], ...data, keys });
      }
      // Helpers of the formats, by their names: what is wrong with a value, what was lost of one.
      if (name === 'fault' || name === 'nothing')
        found.push({ place: at(node.start), as: 'fault', codes: texts(parts[0]), ...none });
      if (name === '#report') found.push({ place: at(node.start), as: 'loss', codes: texts(parts[2]), ...none });
      if (name === 'report' && parts.length === 1 && texts(parts[0]).length === 1)
        found.push({ place: at(node.start), as: 'loss', codes: texts(parts[0]), ...none });
    },
    ObjectExpression(node) {
      const fault = texts(propertyOf(node as Part, 'fault'));
      if (fault.length > 0) found.push({ place: at(node.start), as: 'fault', codes: fault, reasons: null, keys: null });
      const code = propertyOf(node as Part, 'code');
      const names = keysOf(node as Part) ?? [];
      const as = kindOf(names);
      if (code === undefined || as === null) return;
      found.push({ place: at(node.start), as, codes: texts(code), ...dataOf(propertyOf(node as Part, 'data')) });
    },
  }).visit(program);
  return found;
}

function calledName(callee: Part): string | undefined {
  if (callee.property?.type === 'PrivateIdentifier') return `#${callee.property.name}`;
  return callee.type === 'Identifier' ? callee.name : undefined;
}

/** What an object with a code is, told by what stands beside the code; null for what needs no sentence here. */
function kindOf(names: string[]): string | null {
  if (names.includes('value') && names.includes('row')) return 'loss';
  if (names.includes('field')) return 'fault';
  return names.includes('message') ? 'doubt' : null;
}

/** The texts a part can be: written there, or one of two. */
function texts(part: Part | undefined): string[] {
  if (part?.type === 'Literal' && typeof part.value === 'string') return [part.value];
  if (part?.type === 'ConditionalExpression') return [...texts(part.consequent), ...texts(part.alternate)];
  return [];
}

function dataOf(data: Part | undefined): Pick<Said, 'reasons' | 'keys'> {
  if (data === undefined) return { reasons: null, keys: [] };
  const reason = propertyOf(data, 'reason');
  const reasons = texts(reason);
  return {
    reasons: reason === undefined ? null : reasons.length > 0 ? reasons : 'worked out',
    keys: keysOf(data),
  };
}

function propertyOf(object: Part, name: string): Part | undefined {
  const found = object.properties?.find((each) => each.type === 'Property' && each.key?.name === name);
  return found === undefined ? undefined : (found.value as Part);
}

/** Names of an object's properties; null where others are spread into it or it is no object written out. */
function keysOf(object: Part): string[] | null {
  if (object.type !== 'ObjectExpression') return null;
  const names = (object.properties ?? []).map((each) => (each.type === 'Property' ? each.key?.name : undefined));
  return names.includes(undefined) ? null : names.flatMap((name) => name ?? []);
}

const known = (words: Readonly<Record<string, unknown>>, code: string) => Object.hasOwn(words, code);
const doubted = (code: string) => known(doubts.zh.doubt, code) && known(doubts.en.doubt, code);
const faulty = (code: string) => known(faults.zh.cell, code) && known(faults.en.cell, code);

/** Has the code, with its reason if it has one, a sentence? */
function hasWords({ as, reasons, keys }: Said, code: string): boolean {
  if (as === 'loss') return known(faults.zh.loss, code);
  if (as === 'fault') return faulty(code) || known(faults.zh.rejected, code);
  if (doubted(code)) return true;
  // Why a project is open for reading only is a reason of the refusals to write.
  if (as === 'doubt' && (faulty(code) || known(refusals, `read-only.${code}`))) return true;
  // Arguments: the reason comes with the data, from the calls.
  if (as === 'GewuError' && code === 'usage' && reasons === null) return true;
  const severally = Object.keys(refusals).some((key) => key.startsWith(`${code}.`));
  if (reasons === null) return known(refusals, code) || (keys === null && severally);
  if (reasons === 'worked out') return severally;
  return reasons.every((reason) => known(refusals, `${code}.${reason}`));
}

const fileOf = (place: string) => place.replace(/:\d+$/u, '');

describe('what is refused or doubted anywhere', () => {
  it('is found in the sources', () => {
    expect(said.filter(({ as }) => ERRORS.has(as)).length).toBeGreaterThan(150);
    expect(said.filter(({ as }) => as === 'doubt').length).toBeGreaterThan(20);
    expect(said.filter(({ as }) => as === 'fault').length).toBeGreaterThan(5);
  });

  it('has its sentence in Chinese beside the English one', () => {
    const without = said.flatMap((each) =>
      each.codes
        .filter((code) => /^[a-z-]+$/u.test(code))
        .filter((code) => !hasWords(each, code))
        .map((code) => `${each.place} ${each.as} ${code} ${String(each.reasons)}`),
    );
    expect(without).toEqual([]);
  });

  it('says its code where it is made, or passes on the code of what was said elsewhere', () => {
    const unsaid = said.filter(({ as, codes, passedOn }) => ERRORS.has(as) && codes.length === 0 && passedOn !== true);
    // There the code comes as an argument, from literals a few lines above.
    expect(unsaid.map(({ place }) => fileOf(place))).toEqual(['src/server/transfer.ts']);
  });

  it('knows every value its sentence asks for', () => {
    const short = said.flatMap((each) => {
      if (!ERRORS.has(each.as) || each.keys === null || doubted(each.codes[0] ?? '')) return [];
      const values = Object.fromEntries([...each.keys, 'message'].map((key) => [key, key]));
      const sentences = each.codes.flatMap((code) =>
        Array.isArray(each.reasons) ? each.reasons.map((reason) => refusals[`${code}.${reason}`]) : [refusals[code]],
      );
      return sentences
        .filter((words) => words !== undefined)
        .filter((words) => [words].flat().every((one) => fill(one, values) === null))
        .map((words) => `${each.place} ${String(words)}`);
    });
    expect(short).toEqual([]);
  });
});
