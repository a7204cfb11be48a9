import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { symbolOf } from './class-symbols.ts';
import { SYMBOL_IDS, symbol } from './symbols.ts';

const file = new URL('../../../resources/catalogue/component-classes.json', import.meta.url);
const classes = JSON.parse(readFileSync(file, 'utf8')) as { scheme: string; code: string; name: string }[];

describe('class symbols', () => {
  it.each([
    ['污水井盖', 'coverSewage'],
    ['雨水箅子', 'grate'],
    ['路灯', 'lamp'],
    ['路灯井盖', 'coverLamp'],
    ['古树名木', 'treeOld'],
    ['交通信号灯', 'signal'],
    ['垃圾箱', 'bin'],
    [null, 'other'],
  ])('%s', (name, id) => expect(symbolOf(name)).toBe(id));

  it('gives nearly every class of every catalogue a drawing of its own family', () => {
    const plain = classes.filter((one) => symbolOf(one.name) === 'other').map((one) => one.name);
    expect(new Set(plain).size).toBeLessThan(10);
  });

  it('draws inside its box', () => {
    for (const id of SYMBOL_IDS) {
      const { fill, line, ink } = symbol(id);
      const starts = [fill, line, ink].flatMap((path) => [...(path ?? '').matchAll(/M\s*([\d.]+)[ ,]([\d.]+)/gu)]);
      expect(starts.length).toBeGreaterThan(0);
      for (const [, x, y] of starts) {
        expect(Math.max(Number(x), Number(y))).toBeLessThanOrEqual(14);
      }
    }
  });
});
