import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import {
  createVocabulary,
  decideEncoding,
  encodingByLabel,
  encodingByLdid,
  EncodingProbe,
  ValueDecoder,
} from './index.ts';
import type { EncodingClaim } from './index.ts';

const WORDS = ['雨水井盖', '海淀区中关村大街27号', '北京市自来水集团有限责任公司', '路灯', '完好'];

function probeOf(texts: string[], encoding: string): EncodingProbe {
  const probe = new EncodingProbe();
  for (const text of texts) probe.add(iconv.encode(text, encoding), false);
  return probe;
}
const cpg = (label: string): EncodingClaim => ({ code: 'cpg-claims', label, name: encodingByLabel(label) });
const codes = (evidence: { code: string }[]): string[] => evidence.map(({ code }) => code);

describe('labels', () => {
  it.each([
    ['936', 'GBK'],
    ['CP936', 'GBK'],
    ['ANSI 936', 'GBK'],
    ['OEM', 'GBK'],
    ['GBK\r\n', 'GBK'],
    ['GB2312', 'GBK'],
    ['gb18030', 'GB18030'],
    ['UTF-8', 'UTF-8'],
    ['UTF8', 'UTF-8'],
    ['\ufeffutf-8', 'UTF-8'],
    ['65001', 'UTF-8'],
    ['CP65001', 'UTF-8'],
    ['Big5', 'Big5'],
    ['950', 'Big5'],
    ['ANSI 1252', 'windows-1252'],
    ['ISO-8859-1', 'windows-1252'],
    ['ISO 88591', 'windows-1252'],
    ['1251', 'windows-1251'],
    ['windows-936', 'GBK'],
    ['x-gbk', 'GBK'],
    ['"936"', 'GBK'],
    ['ansi_936', 'GBK'],
    ['gb_2312-80', 'GBK'],
    ['GB 18030', 'GB18030'],
    ['54936\0', 'GB18030'],
    ['cp54936', 'GB18030'],
    ['utf_8', 'UTF-8'],
    ["'UTF-8'\n", 'UTF-8'],
    ['', null],
    ['nonsense', null],
  ])('%j is %j', (label, name) => expect(encodingByLabel(label)).toBe(name));

  it('language drivers 0 and 0x57 mean nothing', () => {
    expect([0, 0x57, 0x4d, 0x7a, 0x78].map(encodingByLdid)).toEqual([null, null, 'GBK', 'GBK', 'Big5']);
  });
});

describe('deciding by evidence', () => {
  it.each([
    ['gbk', 'GB18030'],
    ['utf-8', 'UTF-8'],
  ])('recognises %s without any claim', (encoding, name) => {
    const decided = decideEncoding(probeOf(WORDS, encoding), []);
    expect(decided.name).toBe(name);
    expect(decided.confidence).toBeGreaterThanOrEqual(0.8);
  });

  it('recognises traditional Chinese in Big5', () => {
    const decided = decideEncoding(probeOf(['臺北市信義路五段', '自來水管理處', '道路養護單位'], 'big5'), []);
    expect(decided.name).toBe('Big5');
    expect(decided.confidence).toBeGreaterThanOrEqual(0.8);
  });

  it('reads GBK road names that happen to be valid UTF-8', () => {
    const decided = decideEncoding(probeOf(['思源路', '馨园路'], 'gbk'), []);
    expect(decided.name).toBe('GB18030');
    expect(decided.confidence).toBeGreaterThanOrEqual(0.8);
  });

  it('believes a claim that holds', () => {
    const decided = decideEncoding(probeOf(WORDS, 'gbk'), [cpg('936')]);
    expect(decided.name).toBe('GBK');
    expect(codes(decided.evidence)).toEqual(['cpg-claims', 'decodes', 'text-model']);
  });

  it.each(['UTF-8', 'ISO-8859-1', 'Big5'])('sets aside a false claim of %s and says so', (label) => {
    const decided = decideEncoding(probeOf(WORDS, 'gbk'), [cpg(label)]);
    expect(decided.name).toBe('GB18030');
    expect(decided.confidence).toBeGreaterThanOrEqual(0.8);
    expect(codes(decided.evidence)).toContain('claim-contradicted');
  });

  it('sets aside a false claim of GBK for UTF-8 bytes of even length', () => {
    const decided = decideEncoding(
      probeOf(
        ['雨水', '中关村大街', '路灯'].map((t) => t + t),
        'utf-8',
      ),
      [cpg('GBK')],
    );
    expect(decided.name).toBe('UTF-8');
    expect(codes(decided.evidence)).toContain('claim-contradicted');
  });

  it('lets the second claim speak when the first is false', () => {
    const ldid: EncodingClaim = { code: 'ldid-claims', label: '0x4D', name: encodingByLdid(0x4d) };
    expect(decideEncoding(probeOf(WORDS, 'gbk'), [cpg('UTF-8'), ldid]).name).toBe('GBK');
  });

  it('asks nothing of ASCII', () => {
    expect(decideEncoding(probeOf(['a', '12'], 'utf-8'), [])).toMatchObject({ name: 'GB18030', confidence: 1 });
    expect(decideEncoding(probeOf(['a'], 'utf-8'), [cpg('UTF-8')])).toMatchObject({ name: 'UTF-8', confidence: 1 });
    expect(decideEncoding(probeOf(['a'], 'utf-8'), [cpg('UTF-16')])).toMatchObject({ name: 'GB18030' });
  });

  it('asks about bytes that read like nothing', () => {
    const probe = new EncodingProbe();
    for (let i = 0; i < 40; i++) probe.add(Uint8Array.of(0x81 + i, 0xfe - i, 0x90 + i, 0xa0 + i), false);
    expect(decideEncoding(probe, []).confidence).toBeLessThan(0.8);
  });

  it('asks about a file whose rows are in two encodings', () => {
    const probe = probeOf(WORDS, 'gbk');
    for (const word of ['消防栓', '护栏', '候车亭', '果皮箱']) probe.add(Buffer.from(word), false);
    expect(decideEncoding(probe, []).confidence).toBeLessThan(0.8);
  });

  it('knows UTF-8 by its form, even in a script the text model does not know', () => {
    expect(decideEncoding(probeOf(['서울특별시', '부산'], 'utf-8'), [])).toMatchObject({
      name: 'UTF-8',
      confidence: 0.99,
    });
  });

  it('obeys the given word and shows the rest', () => {
    const decided = decideEncoding(probeOf(WORDS, 'gbk'), [cpg('GBK')], { given: 'utf-8' });
    expect(decided).toMatchObject({ name: 'UTF-8', confidence: 1 });
    expect(decided.candidates.find(({ name }) => name === 'GB18030')?.samples[0]).toBe('雨水井盖');
  });

  it('asks about a character that two encodings may mean, whatever is claimed', () => {
    // 路 in GBK and · in UTF-8 are the same two bytes.
    for (const label of ['GBK', 'UTF-8', '']) {
      const decided = decideEncoding(probeOf(['路'], 'gbk'), [cpg(label)]);
      expect(decided.confidence).toBeLessThan(0.8);
      expect(codes(decided.evidence).includes('claim-unproven')).toBe(label !== '');
    }
  });

  it('knows a name of the district where its characters alone say little', () => {
    const rare = ['瀛﹂櫌璺', '胜'];
    const vocabulary = createVocabulary(rare);
    const decided = decideEncoding(probeOf(['瀛﹂櫌璺'], 'gbk'), [], { vocabulary });
    const without = decideEncoding(probeOf(['瀛﹂櫌璺'], 'gbk'), []);
    const score = (of: typeof decided) => of.candidates.find(({ name }) => name === 'GB18030')?.score ?? 0;
    expect(score(decided)).toBeGreaterThan(score(without));
    expect(decided.evidence).toContainEqual({
      code: 'known-words',
      data: { name: 'GB18030', count: 1, words: ['瀛﹂櫌璺'] },
    });
  });

  it('tests a claim of an encoding it does not guess on every value', () => {
    const shift: EncodingClaim = { code: 'cpg-claims', label: '932', name: 'shift_jis' };
    const probe = new EncodingProbe(['shift_jis']);
    for (const text of ['東京都', 'ビル', 'マンホールの蓋', '街路灯'])
      probe.add(iconv.encode(text, 'shift_jis'), false);
    expect(decideEncoding(probe, [shift]).name).toBe('shift_jis');
    probe.add(Uint8Array.of(0x81, 0x20), false);
    expect(codes(decideEncoding(probe, [shift]).evidence)).toContain('claim-contradicted');
  });

  it('does not take Western text for Chinese', () => {
    const probe = probeOf(['Österreich', 'Zürich Straße', 'Besançon', 'Générale'], 'latin1');
    expect(decideEncoding(probe, []).name).toBe('windows-1252');
  });
});

describe('decoding a value', () => {
  it('leaves out half a character at the end and says so', () => {
    const bytes = iconv.encode('雨水井盖', 'gbk').subarray(0, 7);
    expect(new ValueDecoder('GBK').decode(bytes)).toMatchObject({ text: '雨水井', fault: { code: 'half-character' } });
    expect(new ValueDecoder('gb18030').decode(bytes)).toMatchObject({ text: '雨水井', fault: { tail: 'b8' } });
    const utf8 = Buffer.from('雨水井盖').subarray(0, 11);
    expect(new ValueDecoder('UTF-8').decode(utf8)).toMatchObject({ text: '雨水井', fault: { code: 'half-character' } });
  });

  it('spells NUL out and says so', () => {
    expect(new ValueDecoder('UTF-8').decode(Buffer.from('a\0b'))).toMatchObject({
      text: String.raw`a\x00b`,
      fault: { code: 'control-characters' },
    });
  });

  it('marks bytes that are no text', () => {
    expect(new ValueDecoder('UTF-8').decode(Uint8Array.of(0x61, 0xff, 0x62)).fault?.code).toBe('undecodable');
  });
});
