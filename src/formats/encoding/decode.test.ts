import { describe, expect, it } from 'vitest';
import { ValueDecoder } from './decode.ts';

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
const gbk = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));

describe('bytes that are no text', () => {
  it('are spelled out one by one, and the text around them stays', () => {
    // 学, a stray 0xFF, 院 in GBK.
    const { text, fault } = new ValueDecoder('GBK').decode(gbk('d1a7ffd4ba'));
    expect(text).toBe('学\\xFF院');
    expect(fault?.code).toBe('undecodable');
  });

  it('are told apart in UTF-8: a lone lead, an overlong form, a surrogate', () => {
    const decoder = new ValueDecoder('UTF-8');
    expect(decoder.decode(bytes(0x41, 0xe5, 0x42)).text).toBe('A\\xE5B');
    expect(decoder.decode(bytes(0x41, 0xe0, 0x80, 0x80, 0x42)).text).toBe('A\\xE0\\x80\\x80B');
    expect(decoder.decode(bytes(0x41, 0xed, 0xa0, 0x80, 0x42)).text).toBe('A\\xED\\xA0\\x80B');
  });

  it('never show as a replacement sign, under any encoding', () => {
    const all = Uint8Array.from({ length: 4096 }, (_, i) => (i * 37 + (i >> 3)) & 0xff);
    for (const name of ['GBK', 'GB18030', 'UTF-8', 'Big5', 'windows-1252']) {
      const { text, fault } = new ValueDecoder(name).decode(all);
      expect(text).not.toContain('\ufffd');
      expect(fault).not.toBeNull();
    }
  });

  it('half a character at the end is left out, as ever', () => {
    const { text, fault } = new ValueDecoder('GBK').decode(gbk('d1a7d4'));
    expect([text, fault?.code]).toEqual(['学', 'half-character']);
  });
});
