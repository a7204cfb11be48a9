import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checks } from '../../src/checks/index.ts';
import { RULE_TITLES } from '../../src/model/rule-titles.ts';
import { findings } from '../../src/ui/words/findings.ts';
import { root } from '../root.ts';

const ids = checks.map(({ id }) => id);
const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** Ids of the files in src/checks that define a rule. */
function defined(): string[] {
  return readdirSync(join(root, 'src/checks'))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .filter((name) => /\bid: '|= tilingCheck\(/u.test(read(`src/checks/${name}`)))
    .map((name) => name.slice(0, -'.ts'.length))
    .toSorted();
}

describe('a rule', () => {
  it('is a file of its name and a line in the index, each once', () => {
    expect(ids.length).toBeGreaterThan(15);
    expect(defined()).toEqual(ids.toSorted());
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each(ids)('%s has its tests', (id) => {
    expect(existsSync(join(root, `src/checks/${id}.test.ts`))).toBe(true);
    expect(read(`src/checks/${id}.test.ts`)).toContain(`from './${id}.ts'`);
  });

  it.each(ids)('%s has its page in both languages, and a line in the list', (id) => {
    const page = read(`docs/checks/${id}.md`);
    const title = RULE_TITLES[id];
    expect(page).toContain(`# ${title?.zh} · ${title?.en}`);
    expect(page).toContain(`\`${id}\``);
    const { clause, severity } = checks.find((check) => check.id === id) ?? {};
    expect(page).toContain(` ${severity} · ${clause ?? '—'}`);
    for (const part of [
      '**查什么**',
      '**为什么**',
      '**怎么改**',
      '**例子**',
      '**What**',
      '**Why**',
      '**How to fix**',
      '**Example**',
    ])
      expect(page).toContain(part);
    expect(read('docs/checks/README.md')).toContain(`[${id}](${id}.md)`);
  });

  it.each(ids)('%s has its words in both languages', (id) => {
    const own = (rules: object) => Object.keys(rules).filter((key) => key === id || key.startsWith(`${id}·`));
    expect(own(findings.zh.rule)).not.toEqual([]);
    expect(own(findings.en.rule)).toEqual(own(findings.zh.rule));
  });

  it.each(ids)('%s has a sentence for every problem it tells apart', (id) => {
    const source = read(`src/checks/${id}.ts`);
    const problems = [...source.matchAll(/problem: (?:[^?,}]*\? )?'([a-z-]+)'(?: : '([a-z-]+)')?/gu)].flatMap((found) =>
      [found[1], found[2]].filter((problem) => problem !== undefined),
    );
    const words = Object.keys(findings.zh.rule);
    const needed = words.includes(id) ? [id] : problems.map((problem) => `${id}·${problem}`);
    expect(needed).not.toEqual([]);
    expect(words).toEqual(expect.arrayContaining(needed));
  });

  it('leaves no page and no words behind when it goes', () => {
    const pages = readdirSync(join(root, 'docs/checks')).filter((name) => name !== 'README.md');
    expect(pages.toSorted()).toEqual(ids.map((id) => `${id}.md`).toSorted());
    const spoken = Object.keys(findings.zh.rule).map((key) => key.split('·')[0] ?? key);
    expect([...new Set(spoken)].toSorted()).toEqual(ids.toSorted());
    expect(Object.keys(RULE_TITLES).toSorted()).toEqual(ids.toSorted());
  });
});
