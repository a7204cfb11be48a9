import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { rawDbf } from '../../../tests/raw-dbf.ts';
import { takeRepairs } from './repairs.ts';
import { code, PERSON, withBench, type Bench } from './testing.ts';

const COMPANY = '北京市自来水集团有限责任公司';
const ENCODINGS = ['gbk', 'utf8', 'gb18030'] as const;

interface Line {
  owner: string;
  street?: string;
  note?: string;
}

/** A table whose texts are cut where their field ends, within a character wherever it falls. */
function cutTable(encoding: string, lines: Line[], width: number): Uint8Array {
  const bytes = (text: string) => iconv.encode(text, encoding);
  const columns = [
    { name: 'ObjID', type: 'C', width: 17 },
    { name: 'QSDWMC', type: 'C', width },
    { name: bytes('所属街道').subarray(0, 10), type: 'C', width: 40 },
    { name: 'BZ', type: 'C', width },
  ];
  const rows = lines.map(({ owner, street = '', note = '' }, i) => [
    code(i + 1),
    bytes(owner).subarray(0, width),
    bytes(street),
    bytes(note).subarray(0, width),
  ]);
  return rawDbf(columns, rows);
}

const PLANS = (encoding: string) => [
  {
    file: '*',
    table: '*',
    encoding: encoding === 'utf8' ? 'UTF-8' : encoding,
    mapping: [
      { field: 'ObjID', to: 'code' },
      { field: 'QSDWMC', to: 'owner_text' },
      { field: 'BZ', to: 'note' },
    ],
  },
];

async function stageCut(bench: Bench, encoding: string, lines: Line[], width = 25) {
  const path = bench.put('部件.dbf', cutTable(encoding, lines, width));
  return bench.stage([path], { as: 'component', plans: PLANS(encoding) });
}

const repairsOf = (bench: Bench, batch: Awaited<ReturnType<Bench['stage']>>) =>
  bench.rows(batch, 'new').map(({ faults }) => faults.find(({ column }) => column === 'owner_text')?.repair ?? null);

describe('texts cut within a character', () => {
  it.each(ENCODINGS)(
    'get the registered name proposed, in %s, and nothing else happens by itself',
    async (encoding) => {
      await withBench(async (bench) => {
        bench.project.revise({ command: 'test', person: PERSON }, (tx) => tx.insert('unit', { name: COMPANY }));
        const batch = await stageCut(bench, encoding, [{ owner: COMPANY }]);
        const [row] = bench.rows(batch, 'new');
        const cut = row?.now['owner_text'];
        expect(COMPANY.startsWith(String(cut)) && cut !== COMPANY).toBe(true);
        expect(repairsOf(bench, batch)).toEqual([{ to: COMPANY, why: 'unit', taken: false }]);
        bench.accept(batch.id);
        expect(bench.component(code(1))?.['owner_text']).toBe(cut);
      });
    },
  );

  it('taken over fill the column, keep the delivered text beside it, and lead to the unit', async () => {
    await withBench(async (bench) => {
      bench.project.revise({ command: 'test', person: PERSON }, (tx) => tx.insert('unit', { name: COMPANY }));
      const batch = await stageCut(bench, 'gbk', [{ owner: COMPANY }, { owner: COMPANY }]);
      const [first] = bench.rows(batch, 'new');
      const cut = String(first?.now['owner_text']);
      expect(takeRepairs(bench.project.db, batch.id, { rows: [first?.id ?? 0] }, true)).toBe(1);
      expect(repairsOf(bench, batch).map((repair) => repair?.taken)).toEqual([true, false]);
      expect(takeRepairs(bench.project.db, batch.id, {}, false)).toBe(1);
      expect(bench.rows(batch, 'new')[0]).toMatchObject({ now: { owner_text: cut } });
      expect(takeRepairs(bench.project.db, batch.id, { column: 'owner_text' }, true)).toBe(2);
      bench.accept(batch.id);
      const row = bench.component(code(1));
      expect(row?.['owner_text']).toBe(COMPANY);
      expect(JSON.parse(String(row?.['extra']))).toMatchObject({ QSDWMC: cut });
      expect(row?.['owner_id']).not.toBeNull();
      // Brought in, it is decided.
      expect(takeRepairs(bench.project.db, batch.id, {}, false)).toBe(0);
    });
  });

  it('are proposed from the same column elsewhere in the delivery, where just one name fits', async () => {
    await withBench(async (bench) => {
      const [second, third] = ['海淀区某某街道第一养护所二队', '海淀区某某街道第一养护所三队'];
      const wide = cutTable('gbk', [{ owner: second }, { owner: third }], 60);
      // Half of 二 is left, with which 三 does not begin.
      const narrow = cutTable('gbk', [{ owner: second }], 25);
      // Half of 所 is left: either may be meant.
      const narrower = cutTable('gbk', [{ owner: third }], 23);
      // One character and a half: too little to say anything.
      const least = cutTable('gbk', [{ owner: second }], 3);
      const files = { a: wide, b: narrow, c: narrower, d: least };
      const paths = Object.entries(files).map(([name, bytes]) => bench.put(`${name}.dbf`, bytes));
      const batch = await bench.stage(paths, { as: 'component', plans: PLANS('gbk') });
      const found = [...bench.rows(batch, 'unclear'), ...bench.rows(batch, 'new')]
        .toSorted((one, other) => one.tableNo - other.tableNo)
        .map(({ faults }) => faults[0]?.repair ?? null);
      expect(found).toEqual([null, null, { to: second, why: 'same-column', taken: false }, null, null]);
    });
  });

  it('taken over may make a changed row the same, and put back changed again', async () => {
    await withBench(async (bench) => {
      bench.project.revise({ command: 'test', person: PERSON }, (tx) => tx.insert('unit', { name: COMPANY }));
      const whole = await stageCut(bench, 'gbk', [{ owner: COMPANY }], 40);
      bench.accept(whole.id);
      const batch = await stageCut(bench, 'gbk', [{ owner: COMPANY }]);
      expect(bench.piles(batch)).toMatchObject({ changed: 1, same: 0 });
      takeRepairs(bench.project.db, batch.id, {}, true);
      expect(bench.piles(batch)).toMatchObject({ changed: 0, same: 1 });
      takeRepairs(bench.project.db, batch.id, {}, false);
      expect(bench.piles(batch)).toMatchObject({ changed: 1, same: 0 });
      expect(bench.rows(batch, 'changed')[0]?.was).toEqual({ owner_text: COMPANY });
    });
  });
});
