import { describe, expect, it } from 'vitest';
import { isOwnPage, mayOpenOutside, PAGE_ADDRESS } from './address.ts';

describe('isOwnPage', () => {
  it('knows its own pages by protocol and host', () => {
    for (const own of [PAGE_ADDRESS, 'app://gewu/', 'app://gewu/assets/a.js?b#c']) expect(isOwnPage(own)).toBe(true);
  });

  it('takes nothing else for its own', () => {
    const foreign = [
      '',
      'about:blank',
      'null',
      'app://gewu.evil/',
      'app://evil/gewu',
      'app://gewu@evil/',
      'apps://gewu/',
      'https://gewu/',
      'file:///gewu/index.html',
      'data:text/html,app://gewu/',
    ];
    for (const address of foreign) expect([address, isOwnPage(address)]).toEqual([address, false]);
  });
});

describe('mayOpenOutside', () => {
  it('lets https through and nothing else', () => {
    expect(mayOpenOutside('https://example.com/help?a=b')).toBe(true);
    const never = [
      'http://example.com/',
      'file:///etc/hostname',
      'javascript:alert(1)',
      'smb://server/share',
      'ms-msdt:/id',
      'https://name@example.com/',
      'https://name:word@example.com/',
      'not an address',
    ];
    for (const address of never) expect([address, mayOpenOutside(address)]).toEqual([address, false]);
  });
});
