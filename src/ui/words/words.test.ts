import { describe, expect, it } from 'vitest';
import { areas } from './areas.ts';

function sentences(tree: object, path = ''): [key: string, text: string][] {
  return Object.entries(tree).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'string'
      ? [[path + key, value] as [string, string]]
      : sentences(value as object, `${path}${key}.`),
  );
}
const placeholders = (text: string) =>
  [...new Set([...text.matchAll(/\{\{\s*(\w+)/gu)].map((one) => one[1] ?? ''))].toSorted((a, b) => a.localeCompare(b));

describe.each(Object.entries(areas))('words of %s', (_name, both) => {
  const zh = sentences(both.zh);
  const en = new Map(sentences(both.en));
  it('has the same keys in both languages', () => {
    expect([...en.keys()].toSorted()).toEqual(zh.map(([key]) => key).toSorted());
  });
  it('leaves no sentence empty, and quotes values in both languages or in neither', () => {
    for (const [key, text] of zh) {
      expect([key, text.trim()]).not.toEqual([key, '']);
      expect([key, en.get(key)?.trim()]).not.toEqual([key, '']);
      expect([key, placeholders(en.get(key) ?? '').length > 0]).toEqual([key, placeholders(text).length > 0]);
    }
  });
  it('writes English sentences in English, but for values of the data they quote', () => {
    for (const text of en.values()) {
      const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
      expect([text, han * 3 <= text.length]).toEqual([text, true]);
    }
  });
});
