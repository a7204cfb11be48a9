import { crc32 } from 'node:zlib';
import { deflateSync, zipSync } from 'fflate';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { delivered } from '../../tests/delivered.ts';
import { openDelivery } from './delivery.ts';
import { bytesSource } from './file-source.ts';
import { groupFiles } from './group.ts';
import { openZip } from './zip.ts';

const text = (content: string): Uint8Array => Buffer.from(content);

/** A zip as Chinese Windows packs it: names in GBK, no UTF-8 flag. */
function gbkZip(names: string[]): Uint8Array {
  const placeholders = names.map((name, i) => String(i).padEnd(iconv.encode(name, 'gbk').length, 'x'));
  const zip = Buffer.from(zipSync(Object.fromEntries(placeholders.map((name) => [name, text('a,b\n1,2\n')]))));
  placeholders.forEach((name, i) => {
    const encoded = iconv.encode(names[i] ?? '', 'gbk');
    for (let at = zip.indexOf(name); at >= 0; at = zip.indexOf(name, at + 1)) encoded.copy(zip, at);
  });
  return zip;
}

/** The field that carries a name in UTF-8, with the check sum of the name it stands for. */
function unicodePath(raw: Buffer, name: Buffer): Uint8Array {
  const head = Buffer.alloc(5);
  head[0] = 1;
  head.writeUInt32LE(crc32(raw), 1);
  return Buffer.concat([head, name]);
}

describe('zip archives', () => {
  it('reads names in GBK without a flag and in UTF-8 with one', () => {
    const names = ['雨水井盖.csv', '中关村街道/路灯.csv'];
    expect(openZip(bytesSource(gbkZip(names))).entries.map(({ name }) => name)).toEqual(names);
    const modern = zipSync(Object.fromEntries(names.map((name) => [name, text('x')])));
    expect(openZip(bytesSource(modern)).entries.map(({ name }) => name)).toEqual(names);
  });

  it('prefers the name in UTF-8 beside one in another encoding', () => {
    const raw = Buffer.from('xx.csv');
    const name = Buffer.from('雨水井盖.csv');
    const zip = zipSync({ 'xx.csv': [text('a'), { extra: { 0x7075: unicodePath(raw, name) } }] });
    expect(openZip(bytesSource(zip)).entries.map((entry) => entry.name)).toEqual(['雨水井盖.csv']);
    const stale = zipSync({ 'xx.csv': [text('a'), { extra: { 0x7075: unicodePath(Buffer.from('yy.csv'), name) } }] });
    expect(openZip(bytesSource(stale)).entries.map((entry) => entry.name)).toEqual(['xx.csv']);
  });

  it('makes names that lead out of the folder harmless', () => {
    const zip = zipSync({ '../../etc/a.csv': text('x'), '/b.csv': text('x'), 'C:\\d\\c.csv': text('x') });
    expect(openZip(bytesSource(zip)).entries.map(({ name }) => name)).toEqual(['etc/a.csv', 'b.csv', 'd/c.csv']);
  });

  it('stops a bomb long before it is unpacked, and again when it lies about its size', () => {
    const bomb = zipSync({ 'a.csv': new Uint8Array(100 * 1024 * 1024) }, { level: 9 });
    expect(() => openZip(bytesSource(bomb)).entries[0]?.open()).toThrow(expect.objectContaining({ code: 'zip-bomb' }));
    const lying = Buffer.from(bomb);
    lying.writeUInt32LE(10, lying.readUInt32LE(lying.length - 6) + 24);
    expect(() => openZip(bytesSource(lying)).entries[0]?.open()).toThrow(expect.objectContaining({ code: 'zip-bomb' }));
  });

  it('refuses entries that share their bytes', () => {
    const zip = Buffer.from(zipSync({ 'a.csv': text('aaaa'), 'b.csv': text('bbbb') }));
    const directory = zip.readUInt32LE(zip.length - 6);
    zip.writeUInt32LE(0, directory + 46 + 5 + 42);
    expect(() => openZip(bytesSource(zip))).toThrow(expect.objectContaining({ code: 'zip-damaged' }));
  });

  it('notices bytes that changed on the way by their check sum', () => {
    const zip = Buffer.from(zipSync({ 'a.csv': text('a,b') }, { level: 0 }));
    zip.write('c', zip.indexOf('a,b'));
    expect(() => openZip(bytesSource(zip)).entries[0]?.open()).toThrow(
      expect.objectContaining({ code: 'zip-damaged' }),
    );
  });

  it('names a protected entry', () => {
    const zip = Buffer.from(zipSync({ 'a.csv': text('aaaa') }));
    zip.writeUInt16LE(1, zip.readUInt32LE(zip.length - 6) + 8);
    expect(() => openZip(bytesSource(zip)).entries[0]?.open()).toThrow(
      expect.objectContaining({ code: 'zip-encrypted' }),
    );
  });

  it('unpacks stored and deflated entries alike, as often as asked', () => {
    const content = text('海淀区'.repeat(50_000));
    expect(deflateSync(content).length).toBeLessThan(content.length);
    for (const level of [0, 6] as const) {
      const entry = openZip(bytesSource(zipSync({ 'a.txt': content }, { level }))).entries[0];
      for (let again = 0; again < 2; again++)
        expect(Buffer.from(entry?.open().slice(0, Infinity) ?? []).equals(content)).toBe(true);
    }
  });
});

describe('grouping', () => {
  it('joins sidecars of any letter case, unpacks archives, drops what systems add', () => {
    const zip = zipSync({
      'in/B.shp': text('1'),
      'in/b.DBF': text('2'),
      '__MACOSX/in/._B.shp': text('3'),
      'in/c.zip': text('4'),
    });
    const names = [
      'A.SHP',
      'a.dbf',
      'A.Prj',
      'a.shp.xml',
      '.DS_Store',
      'Thumbs.db',
      '~$x.xlsx',
      'x.xlsx',
      'photo.jpg',
      'lost.prj',
    ];
    const { groups, others, doubts } = groupFiles([
      ...names.map((name) => delivered(name, 'x')),
      delivered('d.zip', zip),
    ]);
    expect(groups.map(({ name, files }) => [name, [...files.keys()]])).toEqual([
      ['A', ['shp', 'dbf', 'prj', 'shp.xml']],
      ['d/in/B', ['shp', 'dbf']],
      ['x', ['xlsx']],
    ]);
    expect(others.map(({ name }) => name)).toEqual(['photo.jpg', 'lost.prj']);
    expect(doubts.map(({ code, data }) => [code, data?.['file']])).toEqual([['zip-damaged', 'd/in/c.zip']]);
  });

  it('opens archives within an archive, one level deep', () => {
    const csv = text('a,b\n1,2\n');
    const inner = zipSync({ '0103.csv': csv, 'deeper.zip': zipSync({ 'x.csv': csv }) });
    const { groups, doubts } = groupFiles([
      delivered('全部.zip', zipSync({ '井盖.zip': inner, '01.zip': zipSync({ 'a.csv': csv }) })),
    ]);
    expect(groups.map(({ name }) => name)).toEqual(['全部/01/a', '全部/井盖/0103']);
    expect(doubts.map(({ code, data }) => [code, data?.['file']])).toEqual([['zip-nested', '全部/井盖/deeper.zip']]);
  });

  it('says of an archive without files that it is empty', () => {
    const { doubts } = groupFiles([delivered('z.zip', zipSync({}))]);
    expect(doubts).toMatchObject([{ code: 'empty', data: { file: 'z.zip' } }]);
  });

  it('counts archives within an archive against one budget', () => {
    const bomb = zipSync({ 'a.csv': new Uint8Array(50 * 1024 * 1024) }, { level: 9 });
    const { groups, doubts } = groupFiles([delivered('z.zip', zipSync({ 'b.zip': bomb, 'c.csv': text('a') }))]);
    expect(groups.map(({ name }) => name)).toEqual(['z/c']);
    expect(doubts.map(({ code }) => code)).toEqual(['zip-bomb']);
  });

  it('names archives of other kinds, delivered or packed', () => {
    const { groups, others, doubts } = groupFiles([
      delivered('a.rar', 'Rar!'),
      delivered('b.zip', zipSync({ 'c.7z': text('7z'), 'd.csv': text('a') })),
    ]);
    expect(groups).toHaveLength(1);
    expect(others).toEqual([]);
    expect(doubts.map(({ code, data }) => [code, data?.['file']])).toEqual([
      ['archive-not-read', 'a.rar'],
      ['archive-not-read', 'b/c.7z'],
    ]);
  });

  it('unpacks photos only when they are read, and names those that are locked', () => {
    const zip = Buffer.from(zipSync({ 'a.jpg': text('photo'), 'b.jpg': text('other') }, { level: 0 }));
    zip.write('X', zip.indexOf('photo'));
    const { others, doubts } = groupFiles([delivered('z.zip', zip)]);
    expect(doubts).toEqual([]);
    expect(others.map(({ name }) => name)).toEqual(['z/a.jpg', 'z/b.jpg']);
    expect(Buffer.from(others[1]?.bytes.slice(0, 5) ?? []).toString()).toBe('other');
    expect(() => others[0]?.bytes.slice(0, 5)).toThrow(expect.objectContaining({ code: 'zip-damaged' }));
  });

  it('keeps large files out of memory', () => {
    const large = new Uint8Array(33 * 1024 * 1024);
    large.set([1, 2, 3, 4], 33_000_000);
    const zip = zipSync({ 'a.csv': large }, { level: 0 });
    const { groups } = groupFiles([delivered('z.zip', zip)]);
    const bytes = groups[0]?.files.get('csv')?.bytes;
    expect(bytes?.size).toBe(large.length);
    expect([...(bytes?.slice(33_000_000, 33_000_004) ?? [])]).toEqual([1, 2, 3, 4]);
  });

  it('opens what it can and says what it cannot', async () => {
    const { tables, doubts } = await openDelivery([
      delivered('a.csv', 'x,y\n1,2\n'),
      delivered('b.xlsx', '<no/>'),
      delivered('c.zip', 'no'),
    ]);
    expect(tables.map(({ info }) => info.file)).toEqual(['a.csv']);
    expect(doubts.map(({ code, data }) => [code, data?.['file']])).toEqual([
      ['zip-damaged', 'c.zip'],
      ['mislabelled', 'b.xlsx'],
    ]);
  });
});
