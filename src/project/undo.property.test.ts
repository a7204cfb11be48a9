import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dump } from './dump.ts';
import { openProject } from './open.ts';
import type { ProjectFile } from './project-file.ts';
import type { RevisionTx } from './recorder.ts';
import { pointBlob, squareBlob, TODAY, withProject } from './testing.ts';
import { redoLatest, undoLatest } from './undo.ts';

const by = { command: 'test.edit', person: '李静' };
const COMMUNITY = '110108001001';

/** One thing a person may do; `pick` chooses among the rows there are. */
type Step =
  | { do: 'add'; x: number; y: number }
  | { do: 'move'; pick: number; x: number; y: number }
  | { do: 'write'; pick: number; column: string; text: string | null }
  | { do: 'assign'; pick: number; unit: number; column: string }
  | { do: 'unit'; name: string }
  | { do: 'dismiss'; pick: number }
  | { do: 'grid'; x: number; y: number; side: number }
  | { do: 'retire'; pick: number }
  | { do: 'validity'; pick: number; to: string | null };

const place = fc.integer({ min: 0, max: 300 });
const pick = fc.nat(50);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('add' as const), x: place, y: place }),
  fc.record({ do: fc.constant('move' as const), pick, x: place, y: place }),
  fc.record({
    do: fc.constant('write' as const),
    pick,
    column: fc.constantFrom('name', 'note', 'code', 'state', 'confirmation', 'extra'),
    text: fc.option(fc.string({ unit: 'binary', maxLength: 8 }).map((text) => text.replaceAll('\u0000', '·'))),
  }),
  fc.record({
    do: fc.constant('assign' as const),
    pick,
    unit: pick,
    column: fc.constantFrom('owner_id', 'supervisor_id', 'responsible_id', 'maintainer_id'),
  }),
  fc.record({ do: fc.constant('unit' as const), name: fc.string({ minLength: 1, maxLength: 5 }) }),
  fc.record({ do: fc.constant('dismiss' as const), pick }),
  fc.record({ do: fc.constant('grid' as const), x: place, y: place, side: fc.integer({ min: 1, max: 200 }) }),
  fc.record({ do: fc.constant('retire' as const), pick }),
  fc.record({ do: fc.constant('validity' as const), pick, to: fc.constantFrom(null, '2020-01-01', '2030-01-01') }),
);

function chosen(file: ProjectFile, table: string, n: number): number | null {
  const ids = file.db.prepare<[], number>(`SELECT id FROM "${table}" ORDER BY id`).pluck().all();
  return ids[n % Math.max(1, ids.length)] ?? null;
}

function perform(file: ProjectFile, tx: RevisionTx, one: Step): void {
  const component = 'pick' in one ? chosen(file, 'component', one.pick) : null;
  if (one.do === 'add')
    tx.insert('component', { code: tx.issueCode('component', '11010801001'), geom: pointBlob(one.x, one.y) });
  if (one.do === 'unit') tx.insert('unit', { name: one.name });
  if (one.do === 'grid') {
    const code = tx.issueCode('unit_grid', COMMUNITY);
    tx.insert('unit_grid', { code, community_code: COMMUNITY, geom: squareBlob(one.x, one.y, one.side) });
  }
  if (one.do === 'retire') {
    const grid = chosen(file, 'unit_grid', one.pick);
    if (grid !== null) tx.update('unit_grid', grid, { status: 'retired', ended_on: TODAY });
  }
  if (one.do === 'validity') {
    const unit = chosen(file, 'unit', one.pick);
    if (unit !== null) tx.update('unit', unit, { valid_to: one.to });
  }
  if (component === null) return;
  if (one.do === 'move') tx.update('component', component, { geom: pointBlob(one.x, one.y) });
  if (one.do === 'write') tx.update('component', component, { [one.column]: one.text });
  if (one.do === 'assign') tx.update('component', component, { [one.column]: chosen(file, 'unit', one.unit) });
  if (one.do === 'dismiss') tx.insert('unit_alias', { alias: `a${one.pick}`, unit_id: chosen(file, 'unit', one.pick) });
}

describe('whatever was done', () => {
  // Five parts of five runs each: every run makes, closes and opens a project, which a slow disk makes slow.
  it.each([1, 2, 3, 4, 5])(
    'undo of all of it gives the first state byte for byte, and redo the last, across closing (part %i)',
    (part) => {
      fc.assert(
        fc.property(
          fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 8 }),
          (revisions) => {
            withProject((path) => {
              let file = openProject(path, { mode: 'write', today: TODAY });
              const states = [dump(file.db)];
              for (const steps of revisions) {
                const { revision } = file.revise(by, (tx) => {
                  for (const one of steps) perform(file, tx, one);
                });
                if (revision !== null) states.push(dump(file.db));
              }
              for (const state of states.slice(0, -1).toReversed()) {
                expect(undoLatest(file, { person: '王' }).clashes).toEqual([]);
                expect(dump(file.db)).toBe(state);
              }
              file.close();
              file = openProject(path, { mode: 'write', today: TODAY });
              expect(file.info().foreign).toBeNull();
              for (const state of states.slice(1)) {
                redoLatest(file, { person: '王' });
                expect(dump(file.db)).toBe(state);
              }
              file.close();
            });
          },
        ),
        { numRuns: 5, seed: 20_261_122 + part },
      );
    },
  );
});
