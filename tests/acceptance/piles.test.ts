import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BatchInfo, BatchRow, Pile } from '../../src/api/delivery.ts';
import { openDesk, readRegister, writeRegister, type Desk, type Register } from './district-desk.ts';
import { fiftyEdits, plant, type Plants } from './planted.ts';
import { dumpOf, scratch } from './tools.ts';

const folder = scratch('piles');
const sample = path.join(folder, 'Gewu', '示例区.gpkg');
const HERE = { plans: [{ file: '*', table: '*', crs: 'EPSG:4548' }] };
const ALL: ('new' | 'changed' | 'gone')[] = ['new', 'changed', 'gone'];

let desk: Desk;
let base: Register;
let plants: Plants;
let delivery: string;
/** The project with the planted delivery staged, nothing decided. */
let staged: string;
let batch: BatchInfo;

beforeAll(async () => {
  mkdirSync(path.dirname(sample));
  desk = openDesk(folder);
  await desk.client.call('project.sample', {});
  base = readRegister(await desk.export('csv', 'base.csv'));
  plants = plant(base);
  delivery = path.join(folder, '复测.csv');
  writeRegister(delivery, plants.delivery);
  staged = await desk.openCopy(sample, 'staged.gpkg');
  batch = await desk.stage(delivery, HERE);
  await desk.client.call('project.close', {});
});
afterAll(() => desk.engine.close());

describe('our own export, brought in again', () => {
  it.each([
    ['shapefile', { encoding: 'gbk' }, 'a.zip'],
    ['shapefile', { encoding: 'utf-8' }, 'b.zip'],
    ['gpkg', {}, 'c.gpkg'],
    ['geojson', {}, 'd.geojson'],
    ['csv', {}, 'e.csv'],
    ['xlsx', {}, 'f.xlsx'],
    ['shapefile', { profile: '2013' }, 'g.zip'],
  ] as const)('differs in nothing: %s %o', async (format, options, name) => {
    await desk.openCopy(sample, 'again.gpkg');
    const file = await desk.export(format, name, { where: "street_code in ('110108006', '110108012')", ...options });
    const again = await desk.stage(file);
    expect(again.piles).toEqual({ new: 0, changed: 0, same: again.rows, gone: 0, unclear: 0 });
    expect(again.rows).toBeGreaterThan(700);
  });
});

describe('1,000 changes planted into a delivery of 14,194 components', () => {
  it('lie every one in its pile, and nothing else does', async () => {
    await desk.engine.openPath(staged);
    const piles: Record<Pile, Map<string, BatchRow[]>> = {
      new: new Map(),
      changed: new Map(),
      same: new Map(),
      gone: new Map(),
      unclear: new Map(),
    };
    for (const [pile, found] of Object.entries(piles) as [Pile, Map<string, BatchRow[]>][]) {
      if (pile === 'same') continue;
      for (const row of await desk.rows(batch, pile))
        found.set(row.key ?? '', [...(found.get(row.key ?? '') ?? []), row]);
    }
    const { of } = plants;
    const codes = (pile: Pile) => [...piles[pile].keys()].toSorted();
    expect(Object.values(of).reduce((sum, list) => sum + list.length, 0)).toBe(1000);
    expect(codes('new')).toEqual(of.new.toSorted());
    expect(codes('gone')).toEqual(of.gone.toSorted());
    expect(codes('changed')).toEqual([...of.attribute, ...of.role, ...of.moved, ...of.within].toSorted());
    expect(codes('unclear')).toEqual([...of.renumbered, ...of.twice].toSorted());
    expect(batch.piles).toEqual({
      new: 125,
      changed: 500,
      same: base.length - 750 - 125,
      gone: 125,
      unclear: 125 + 250,
    });
    const cells = (code: string) => piles.changed.get(code)?.[0]?.cells.map(({ column }) => column);
    for (const code of of.attribute) expect(cells(code)).toEqual([plants.column.get(code)]);
    for (const code of of.role) expect(cells(code)?.toSorted()).toEqual(['owner_code_text', 'owner_text']);
    for (const code of [...of.moved, ...of.within]) expect(cells(code)).toEqual(['geom']);
    const reason = (pile: Pile, code: string) => piles[pile].get(code)?.map((row) => row.reason?.code);
    for (const code of of.moved) expect(reason('changed', code)).toEqual([undefined]);
    for (const code of of.within) expect(reason('changed', code)).toEqual(['moved-within-accuracy']);
    for (const code of of.renumbered) expect(reason('unclear', code)).toEqual(['near-one']);
    for (const code of of.twice) expect(reason('unclear', code)).toEqual(['code-twice', 'code-twice']);
  });

  it('refused, leave every row of every layer and table as it was', async () => {
    const project = await desk.openCopy(staged, 'refused.gpkg');
    const before = dumpOf(staged);
    await desk.client.call('batch.decide', { id: batch.id, select: {}, decision: 'reject' });
    expect(await desk.client.call('batch.accept', { id: batch.id, piles: ALL })).toMatchObject({
      revision: null,
      rows: 0,
    });
    await desk.client.call('project.close', {});
    expect(dumpOf(project) === before).toBe(true);
  });

  it('accepted, make the project what was delivered, cell by cell', async () => {
    await desk.openCopy(staged, 'accepted.gpkg');
    await desk.client.call('batch.accept', { id: batch.id, piles: ALL });
    const now = new Map(
      readRegister(await desk.export('csv', 'accepted.csv')).map((row) => [row['管理部件标识码'], row]),
    );
    const differing: string[] = [];
    for (const [code, wanted] of plants.expected) {
      const row = now.get(code);
      for (const [heading, value] of Object.entries(wanted)) {
        if (row?.[heading] !== value) differing.push(`${code} ${heading}: ${row?.[heading]} instead of ${value}`);
      }
    }
    expect(differing.slice(0, 20)).toEqual([]);
    for (const code of plants.of.gone) expect(now.get(code)?.['管理部件状态']).toBe('移除');
    expect(now.size).toBe(base.length + plants.of.new.length);
  });

  it('taken back after 50 later edits, leave exactly those edits', async () => {
    const edits = fiftyEdits(plants);
    expect(edits.length).toBe(50);
    const plain = await desk.openCopy(staged, 'edited.gpkg');
    const ids = await idsByCode();
    const work = async (): Promise<void> => {
      for (const edit of edits) {
        const id = ids.get(edit.code) ?? 0;
        if ('set' in edit) await desk.client.call('component.update', { changes: [{ id, set: edit.set }] });
        else {
          const { at } = await desk.client.call('component.get', { id });
          const was = at ?? [0, 0];
          await desk.client.call('component.move', { id, was, to: [was[0] + edit.east, was[1]] });
        }
      }
    };
    await work();
    const brought = await desk.openCopy(staged, 'undone.gpkg');
    await desk.client.call('batch.accept', { id: batch.id, piles: ALL });
    await work();
    const { clashes } = await desk.client.call('batch.undo', { id: batch.id });
    await desk.client.call('project.close', {});
    expect(clashes.length).toBe(25);
    expect(dumpOf(brought) === dumpOf(plain)).toBe(true);
  });
});

async function idsByCode(): Promise<Map<string, number>> {
  const ids = new Map<string, number>();
  const { viewId, total } = await desk.client.call('component.view', { filter: null, sort: [] });
  for (let offset = 0; offset < total; offset += 2000) {
    const { rows } = await desk.client.call('component.rows', { viewId, offset, limit: 2000 });
    for (const row of rows) ids.set(String(row.cells['code']), row.id);
  }
  return ids;
}
