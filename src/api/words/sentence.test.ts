import { describe, expect, it } from 'vitest';
import { fill, sentenceOf } from './sentence.ts';

const error = (code: string, data: Record<string, unknown>) => ({ code, message: `English of ${code}.`, data });

describe('a refusal in words', () => {
  it('is what was said where it happened, in English', () => {
    expect(sentenceOf(error('not-found', { reason: 'file', path: '/a' }), 'en')).toBe('English of not-found.');
  });

  it('goes by code and reason in Chinese, with names of closed lists in Chinese', () => {
    expect(sentenceOf(error('not-found', { reason: 'row', layer: 'unit_grid', id: 7 }), 'zh')).toBe(
      '没有编号为 7 的单元网格，可能刚被移走。',
    );
    expect(sentenceOf(error('refused', { reason: 'batch-state', id: 3, name: '井盖', state: 'accepted' }), 'zh')).toBe(
      '交付 3（井盖）已接收，不能再这样处理。',
    );
  });

  it('says the first sentence whose values are there', () => {
    const holder = { path: '/p.gpkg', person: '王工', host: 'office-2', pid: 12, at: '2026-11-02T08:00:00Z' };
    expect(sentenceOf(error('in-use', holder), 'zh')).toContain('由 王工 使用（主机 office-2');
    expect(sentenceOf(error('in-use', { path: '/p.gpkg' }), 'zh')).toBe(
      '“/p.gpkg”正被另一个程序使用，请在那里关闭后再试。',
    );
    expect(sentenceOf(error('in-use', {}), 'zh')).toBe('项目正被另一个程序使用，请稍后再试。');
  });

  it('joins what is wrong with a file and what to do about it', () => {
    expect(sentenceOf(error('zip-damaged', { file: '井盖.zip' }), 'zh')).toBe('井盖.zip 压缩包损坏；请重新打包提交。');
  });

  it('is null for a code of strangers', () => {
    expect(sentenceOf(error('E42', {}), 'zh')).toBeNull();
  });
});

describe('values in a sentence', () => {
  it('join lists, and stand in for nothing where they are missing', () => {
    expect(fill('有：{{names}}。', { names: ['a', 'b'] })).toBe('有：a、b。');
    expect(fill('{{file}} 空', {})).toBeNull();
    expect(fill('{{file}} 空', {}, '')).toBe(' 空');
  });
});
