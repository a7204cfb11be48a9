import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { PERSON, RESOURCES, withBench } from './testing.ts';
import { loadEnvironment } from './environment.ts';

describe('names of the district', () => {
  it('the catalogues name streets, communities and classes, whole and as people shorten them', () => {
    const { vocabulary } = loadEnvironment(RESOURCES, null).names();
    for (const word of ['万寿路街道', '万寿路', '翠微南里社区居委会', '翠微南里', '供水井盖', '权属单位'])
      expect(vocabulary.wordAt(`在${word}`, 1)).toBeGreaterThanOrEqual(word.length);
    expect(vocabulary.wordAt('瀛﹂櫌璺', 0)).toBe(0);
  });

  it('a delivery is judged by the names the project holds, and that is shown', async () => {
    await withBench(async ({ project, put, inspect }) => {
      project.revise({ command: 'test', person: PERSON }, (tx) => {
        tx.insert('unit', { name: '龑瓛市政养护中心', short_name: '龑瓛中心' });
      });
      const text = '部件标识码,养护单位名称\n11010801001000001,龑瓛中心\n';
      const { tables } = await inspect([put('部件.csv', iconv.encode(text, 'gb18030'))]);
      const known = tables[0]?.encoding.evidence.find(({ code }) => code === 'known-words');
      expect(known?.data['words']).toContain('龑瓛中心');
      expect(tables[0]?.encoding).toMatchObject({ name: 'GB18030' });
      expect(tables[0]?.encoding.confidence).toBeGreaterThanOrEqual(0.8);
    });
  });
});
