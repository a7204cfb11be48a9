import { describe, expect, it } from 'vitest';
import { pointBlob } from '../../project/testing.ts';
import { code, HERE, lattice, PERSON, register, withBench, type Bench, type Cover } from './testing.ts';

/** What a delivery after the first makes of a project holding `base`. */
async function second(
  base: Cover[],
  next: Cover[],
  look: (bench: Bench, batch: Awaited<ReturnType<Bench['stage']>>) => void,
  before?: (bench: Bench) => void,
): Promise<void> {
  await withBench(async (bench) => {
    await bench.bringIn('one.csv', register(base), HERE);
    before?.(bench);
    look(bench, await bench.stage([bench.put('two.csv', register(next))], HERE));
  });
}

const base = lattice(20);
const other = (i: number, over: Partial<Cover>): Cover[] =>
  base.map((cover, n) => (n === i ? { ...cover, ...over } : cover));

describe('the five piles', () => {
  it('a delivery brought in twice is the same through and through', async () => {
    const full = base.map((cover, i) => ({
      ...cover,
      owner: '北京市自来水集团',
      surveyed: '2024/1/9',
      vendor: `V${i}`,
    }));
    await second(full, full, (bench, batch) =>
      expect(bench.piles(batch)).toEqual({ new: 0, changed: 0, same: 20, gone: 0, unclear: 0 }),
    );
  });

  it('a differing column is a change, a blank is none', async () => {
    const owned = base.map((cover) => ({ ...cover, owner: '北京市自来水集团' }));
    const next = owned.map((cover, i) => (i === 3 ? { ...cover, note: '新' } : { ...cover, owner: '' }));
    await second(owned, next, (bench, batch) => {
      expect(bench.piles(batch)).toMatchObject({ changed: 1, same: 19 });
      expect(bench.rows(batch, 'changed')[0]).toMatchObject({ key: code(4), was: { note: null } });
    });
  });

  it('a blank takes a value away where that is asked, of the whole delivery or of one column; a value that could not be taken is no blank', async () => {
    const full = lattice(9).map((cover) => ({ ...cover, owner: '海淀区城管委', note: '旧', surveyed: '2024-01-09' }));
    // The first with no such day, the next two blank, the rest as they were.
    const blank = { owner: '', note: '', surveyed: '' };
    const next = full.map((cover, i) =>
      i > 2 ? cover : { ...cover, ...blank, surveyed: i === 0 ? '2024-02-31' : '' },
    );
    const clearing = async (plan: object) => {
      const was: unknown[] = [];
      await withBench(async (bench) => {
        await bench.bringIn('one.csv', register(full), HERE);
        const plans = [{ file: '*', table: '*', crs: 'EPSG:4548', ...plan }];
        const batch = await bench.stage([bench.put('two.csv', register(next))], { as: 'component', plans });
        was.push(...bench.rows(batch, 'changed').map((row) => Object.keys(row.was ?? {}).toSorted()));
        bench.accept(batch.id);
        const { note, owner_text: text, owner_id: id, surveyed_on: on } = bench.component(code(2)) ?? {};
        was.push({ note, text, id, on });
      });
      return was;
    };
    expect(await clearing({})).toEqual([expect.objectContaining({ note: '旧', text: '海淀区城管委' })]);
    expect(await clearing({ blanks: 'clear' })).toEqual([
      ['note', 'owner_text'],
      ['note', 'owner_text', 'surveyed_on'],
      ['note', 'owner_text', 'surveyed_on'],
      { note: null, text: null, id: null, on: null },
    ]);
    const one = await clearing({ mapping: [{ field: '备注', to: 'note', blanks: 'clear' }] });
    expect(one.slice(0, 3)).toEqual([['note'], ['note'], ['note']]);
  });

  it('a field without a column that says something else is a change', async () => {
    const named = base.map((cover) => ({ ...cover, vendor: '甲' }));
    const next = named.map((cover, i) => (i === 5 ? { ...cover, vendor: '乙' } : cover));
    await second(named, next, (bench, batch) => {
      expect(bench.rows(batch, 'changed').map(({ key }) => key)).toEqual([code(6)]);
      bench.accept(batch.id);
      expect(JSON.parse(String(bench.component(code(6))?.['extra']))).toMatchObject({ 厂家编号: '乙' });
    });
  });

  it('width and blanks make no difference in a text', async () => {
    const named = base.map((cover) => ({ ...cover, note: '学院路12号(北)', vendor: 'A1' }));
    const next = named.map((cover) => ({ ...cover, note: '学院路 １２号（北）', vendor: 'Ａ1 ' }));
    await second(named, next, (bench, batch) => expect(bench.piles(batch)).toMatchObject({ same: 20, changed: 0 }));
  });

  it("the registered name of the unit that a surveyed text stands for is no change, another unit's is one", async () => {
    const short = base.map((cover) => ({ ...cover, owner: '水司' }));
    const next = short.map((cover, i) => ({ ...cover, owner: i < 5 ? '海淀区园林局' : '北京市自来水集团' }));
    await withBench(async (bench) => {
      const id = bench.project.db.prepare(`SELECT id FROM unit WHERE name = '北京市自来水集团'`).pluck().get();
      bench.project.revise({ command: 'test', person: PERSON }, (tx) =>
        tx.insert('unit_alias', { unit_id: Number(id), alias: '水司' }),
      );
      await bench.bringIn('one.csv', register(short), HERE);
      const batch = await bench.stage([bench.put('two.csv', register(next))], HERE);
      expect(bench.piles(batch)).toMatchObject({ same: 15, changed: 5 });
      expect(bench.rows(batch, 'changed')[0]?.was).toEqual({ owner_text: '水司' });
    });
  });

  it.each([
    [0.0009, 'same', undefined],
    [0.3, 'changed', 'moved-within-accuracy'],
    [3, 'changed', undefined],
  ] as const)('moved by %d m: %s', async (by, pile, reason) => {
    await second(base, other(0, { x: 5 + by }), (bench, batch) => {
      const row = bench.rows(batch, pile).find(({ key }) => key === code(1));
      expect(row?.reason?.code).toBe(reason);
    });
  });

  it('an unknown code at the place of a component that is not delivered is not told apart, nor is that one gone', async () => {
    await second(base, other(0, { code: code(900), x: 5.3 }), (bench, batch) => {
      expect(bench.piles(batch)).toEqual({ new: 0, changed: 0, same: 19, gone: 0, unclear: 1 });
      expect(bench.rows(batch, 'unclear')[0]?.reason).toMatchObject({
        code: 'near-one',
        data: { code: code(1), count: 1 },
      });
    });
  });

  it('a row without a code is compared by place as well', async () => {
    await second(base, [...base.slice(1), { ...base[0]!, code: '' }, { code: '', x: 95, y: 95 }], (bench, batch) => {
      expect(bench.rows(batch, 'unclear')[0]?.reason?.code).toBe('near-one');
      expect(bench.rows(batch, 'new')[0]?.reason?.code).toBe('no-code');
    });
  });

  it('several at the place are too many to choose from', async () => {
    const twins = [...base, { code: code(50), x: 5.2, y: 5 }];
    await second(twins, [...base.slice(1), { code: code(900), x: 5.1, y: 5 }], (bench, batch) => {
      expect(bench.rows(batch, 'unclear')[0]?.reason).toMatchObject({ code: 'near-many', data: { count: 2 } });
      expect(bench.piles(batch).gone).toBe(0);
    });
  });

  it.each([
    ['01001', '供水井盖', 0.4, 0.6],
    ['01037', '路灯', 0.9, 1.1],
    ['04008', '绿地护栏', 9, 11],
  ])('near is what the class says: %s %s', async (classCode, name, near, far) => {
    const one = [{ code: code(1, classCode), name, x: 50, y: 50 }];
    for (const [away, pile] of [
      [near, 'unclear'],
      [far, 'new'],
    ] as const) {
      await second(one, [{ code: code(2, classCode), name, x: 50 + away, y: 50 }], (bench, batch) =>
        expect(bench.piles(batch)[pile], `${away} m`).toBe(1),
      );
    }
  });

  it('a component of another class, or one out of service, is no neighbour', async () => {
    const lamp = [{ code: code(1, '01037'), name: '路灯', x: 5, y: 5 }];
    await second(lamp, [{ code: code(1), x: 5, y: 5 }], (bench, batch) => expect(bench.piles(batch).new).toBe(1));
    const removed = [{ code: code(1), state: '移除', x: 5, y: 5 }];
    await second(removed, [{ code: code(2), x: 5, y: 5 }], (bench, batch) => expect(bench.piles(batch).new).toBe(1));
  });

  it('a code twice in the delivery puts all its rows aside', async () => {
    const next = [
      ...base,
      { code: code(1), x: 95, y: 95 },
      { code: code(77), x: 81, y: 95 },
      { code: code(77), x: 71, y: 95 },
    ];
    await second(base, next, (bench, batch) => {
      expect(bench.rows(batch, 'unclear').map(({ key, reason }) => [key, reason?.code])).toEqual(
        [code(1), code(1), code(77), code(77)].map((key) => [key, 'code-twice']),
      );
      expect(bench.piles(batch)).toMatchObject({ same: 19, gone: 0 });
    });
  });

  it('a code twice in the project is nobody either', async () => {
    await second(
      base,
      base,
      (bench, batch) => expect(bench.rows(batch, 'unclear')[0]?.reason?.code).toBe('code-twice-in-project'),
      ({ project }) =>
        project.revise({ command: 'test', person: PERSON }, (tx) =>
          tx.insert('component', { code: code(1), geom: pointBlob(1, 1) }),
        ),
    );
  });
});

describe('gone', () => {
  it('are the delivered classes in the streets with a delivered row, in service and unnamed', async () => {
    const all: Cover[] = [
      ...base,
      { code: code(30), x: 250, y: 50 },
      { code: code(31), x: 50, y: 150, state: '废弃' },
      { code: code(1, '01037'), name: '路灯', x: 52, y: 52 },
      { code: code(32), x: 5000, y: 50 },
    ];
    await second(all, base.slice(2), (bench, batch) => {
      expect(bench.rows(batch, 'gone').map(({ key }) => key)).toEqual([code(1), code(2)]);
      bench.accept(batch.id, ['gone']);
      expect(bench.component(code(1))).toMatchObject({ state: '移除', changed_on: '2026-11-23', note: null });
    });
  });

  it('are those inside the hull of their class where no street is known', async () => {
    await withBench(
      async (bench) => {
        await bench.bringIn('one.csv', register([...base, { code: code(40), x: 500, y: 500 }]), HERE);
        const next = base.filter((_, i) => i !== 4 && i !== 15);
        const batch = await bench.stage([bench.put('two.csv', register(next))], HERE);
        expect(bench.rows(batch, 'gone').map(({ key }) => key)).toEqual([code(5), code(16)]);
      },
      { bare: true },
    );
  });

  it('are none for a register that says no places', async () => {
    await second(
      base,
      base.slice(0, 3).map((cover) => ({ ...cover, x: NaN, note: '查' })),
      (bench, batch) => {
        expect(bench.piles(batch)).toEqual({ new: 0, changed: 3, same: 0, gone: 0, unclear: 0 });
        const before = bench.component(code(1))?.['geom'];
        bench.accept(batch.id);
        expect(bench.component(code(1))).toMatchObject({ note: '查', geom: before });
      },
    );
  });
});
