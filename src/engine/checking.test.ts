import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkedState } from '../project/checked.ts';
import { createProject } from '../project/create.ts';
import { excuse, reopen, verify } from '../project/exceptions.ts';
import { openProject } from '../project/open.ts';
import type { ProjectFile } from '../project/project-file.ts';
import { listFindings } from '../project/queries/findings.ts';
import { gridCode, newProject, pointBlob, SCHEME, squareBlob, TODAY } from '../project/testing.ts';
import { redoLatest, undoLatest } from '../project/undo.ts';
import { CheckWatch } from './check-watch.ts';
import { recheck, ruleIds, runChecks, type CheckJob } from './checking.ts';
import type { LaneRoom } from './lanes/context.ts';
import type { FromLane } from './lanes/protocol.ts';

const by = { command: 'test.edit', person: '李静' };
const GOOD = { scheme: SCHEME, class_code: '01001', name: '供水井盖', state: '完好', surveyed_on: '2021-05-01' };

async function inProject(work: (file: ProjectFile) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'gewu-checking-'));
  const path = join(folder, 'p.gpkg');
  createProject(path, newProject());
  const file = openProject(path, { mode: 'write', today: TODAY, person: '李静' });
  try {
    file.revise(by, (tx) => {
      tx.insert('unit_grid', { code: gridCode(1), community_code: '110108001001', geom: squareBlob(0, 0, 100) });
      const unit = tx.insert('unit', { name: '区水务局', valid_to: '2026-11-23' });
      const roles = { supervisor_id: unit, owner_id: unit, maintainer_id: unit, responsible_id: unit };
      tx.insert('component', { ...GOOD, ...roles, code: '11010801001000001', geom: pointBlob(50, 50) });
    });
    await work(file);
  } finally {
    file.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function jobOf(project: ProjectFile, today = TODAY): CheckJob {
  return {
    project,
    today,
    progress: () => undefined,
    checkCancel: () => undefined,
    breathe: () => Promise.resolve(),
  };
}
const write = (file: ProjectFile, cells: Record<string, string | number | null>) =>
  file.revise(by, (tx) => tx.update('component', 1, cells));
const page = { offset: 0, limit: 100 };
const list = (file: ProjectFile) => listFindings({ db: file.db, today: TODAY }, page).findings;
const phases = (file: ProjectFile) => list(file).map(({ id, rule, phase }) => [id, rule, phase]);
const bad = (file: ProjectFile) => write(file, { state: '待修' });
const good = (file: ProjectFile) => write(file, { state: '完好' });
const given = (until: string | null) => ({ reason: '本地用语', until, person: '李静', at: TODAY, today: TODAY });

describe('the life of a finding', () => {
  it('begins, ends, and begins again as the same one', async () => {
    await inProject(async (file) => {
      await runChecks(jobOf(file));
      expect(list(file)).toEqual([]);
      bad(file);
      await recheck(jobOf(file));
      const [first] = list(file);
      expect(first).toMatchObject({ rule: 'state-known', phase: 'open', data: { value: '待修' }, fixedAt: null });
      good(file);
      await recheck(jobOf(file));
      expect(list(file)).toEqual([{ ...first, phase: 'fixed', fixedAt: expect.any(String) }]);
      write(file, { state: '待查' });
      await recheck(jobOf(file));
      expect(list(file)).toEqual([{ ...first, data: { value: '待查' } }]);
    });
  });

  it('is the same after undo and redo of what made it, the component gone in between', async () => {
    await inProject(async (file) => {
      await runChecks(jobOf(file));
      file.revise(by, (tx) =>
        tx.insert('component', { ...GOOD, code: '12', supervisor_id: 1, geom: pointBlob(20, 20) }),
      );
      await recheck(jobOf(file));
      const found = phases(file);
      expect(found).toContainEqual([expect.any(Number), 'component-code-form', 'open']);
      undoLatest(file, by);
      await recheck(jobOf(file));
      expect(phases(file)).toEqual(found.map(([id, rule]) => [id, rule, 'fixed']));
      redoLatest(file, by);
      await recheck(jobOf(file));
      expect(phases(file)).toEqual(found);
    });
  });

  it('is excused until a day, and while its excuse is not taken back', async () => {
    await inProject(async (file) => {
      bad(file);
      await runChecks(jobOf(file));
      file.revise(by, (tx) => excuse(file.db, tx, [1], given('2026-11-24')));
      expect(list(file)).toMatchObject([{ phase: 'excused', exception: { reason: '本地用语', until: '2026-11-24' } }]);
      await runChecks(jobOf(file));
      expect(phases(file)).toEqual([[1, 'state-known', 'excused']]);
      undoLatest(file, by);
      await recheck(jobOf(file));
      expect(list(file)).toMatchObject([{ phase: 'open', exception: null }]);
      redoLatest(file, by);
      await recheck(jobOf(file));
      expect(phases(file)).toEqual([[1, 'state-known', 'excused']]);
      write(file, { supervisor_id: null, owner_id: null, maintainer_id: null, responsible_id: null });
      await recheck(jobOf(file, '2026-11-24'));
      expect(phases(file)).toContainEqual([1, 'state-known', 'excused']);
      await recheck(jobOf(file, '2026-11-25'));
      expect(phases(file)).toContainEqual([1, 'state-known', 'open']);
    });
  });

  it('keeps its excuse when it comes back, with another reason when given one', async () => {
    await inProject(async (file) => {
      bad(file);
      await runChecks(jobOf(file));
      file.revise(by, (tx) => excuse(file.db, tx, [1], given(null)));
      file.revise(by, (tx) => excuse(file.db, tx, [1], { ...given(null), reason: '另有原因' }));
      expect(file.db.prepare(`SELECT reason FROM gewu_exception`).all()).toEqual([{ reason: '另有原因' }]);
      good(file);
      await recheck(jobOf(file));
      expect(phases(file)).toEqual([[1, 'state-known', 'fixed']]);
      expect(() => file.revise(by, (tx) => excuse(file.db, tx, [1], given(null)))).toThrow('What is fixed');
      bad(file);
      await recheck(jobOf(file));
      expect(phases(file)).toEqual([[1, 'state-known', 'excused']]);
      file.revise(by, (tx) => reopen(file.db, tx, [1], TODAY));
      expect(phases(file)).toEqual([[1, 'state-known', 'open']]);
    });
  });

  it('is verified once fixed or excused, and open again when it comes back', async () => {
    await inProject(async (file) => {
      bad(file);
      await runChecks(jobOf(file));
      const look = () => file.write((db) => verify(db, [1], { person: '李静', at: TODAY }));
      expect(look).toThrow('still open');
      good(file);
      await recheck(jobOf(file));
      look();
      await runChecks(jobOf(file));
      expect(phases(file)).toEqual([[1, 'state-known', 'verified']]);
      bad(file);
      await recheck(jobOf(file));
      expect(phases(file)).toEqual([[1, 'state-known', 'open']]);
      file.revise(by, (tx) => excuse(file.db, tx, [1], given(null)));
      look();
      await runChecks(jobOf(file));
      expect(phases(file)).toEqual([[1, 'state-known', 'verified']]);
      expect(() => file.write((db) => verify(db, [99], { person: '李静', at: TODAY }))).toThrow('no finding 99');
    });
  });

  it('turns with the day: a unit ends, a date is no longer to come', async () => {
    await inProject(async (file) => {
      write(file, { changed_on: '2026-11-24' });
      await runChecks(jobOf(file));
      expect(phases(file)).toEqual([[1, 'dates', 'open']]);
      await recheck(jobOf(file, '2026-11-24'));
      expect(phases(file).filter(([, , phase]) => phase === 'open')).toHaveLength(4);
      expect(phases(file)).toContainEqual([1, 'dates', 'fixed']);
    });
  });
});

describe('a run over everything', () => {
  it('counts what is open, by rule and severity, those without any too', async () => {
    await inProject(async (file) => {
      write(file, { code: '12', state: '待修' });
      const result = await runChecks(jobOf(file));
      expect(result).toMatchObject({ findings: 2, bySeverity: { error: 1, warning: 0, info: 1 } });
      expect(Object.keys(result.byRule)).toEqual(ruleIds);
      expect(result.byRule['component-code-form']).toEqual({ severity: 'error', count: 1 });
      expect(await runChecks(jobOf(file), { rules: ['state-known'] })).toEqual({
        findings: 1,
        byRule: { 'state-known': { severity: 'info', count: 1 } },
        bySeverity: { error: 0, warning: 0, info: 1 },
      });
    });
  });

  it('says since when findings are up to date, and when they no longer are', async () => {
    await inProject(async (file) => {
      const state = (today = TODAY) => checkedState({ db: file.db, today }, ruleIds);
      await runChecks(jobOf(file), { rules: ['state-known'] });
      expect(state()).toEqual({ checkedAt: null, stale: true });
      await runChecks(jobOf(file));
      expect(state()).toEqual({ checkedAt: expect.any(String), stale: false });
      expect(state('2026-11-24').stale).toBe(true);
      bad(file);
      expect(state().stale).toBe(true);
      expect(await recheck(jobOf(file))).toBe(true);
      expect(await recheck(jobOf(file))).toBe(false);
      expect(state().stale).toBe(false);
    });
  });

  it('shows a delivered value that its column could not take, until the column is filled', async () => {
    await inProject(async (file) => {
      const mapping = [
        { field: '确权', to: 'accuracy' },
        { field: '日期', to: 'surveyed_on' },
        { field: '其他', to: null },
      ];
      file.write((db) =>
        db
          .prepare(
            `INSERT INTO gewu_batch (name, state, at, person, kind, files, tables) VALUES ('b', 'accepted', '', '李静', 'component', '[]', ?)`,
          )
          .run(JSON.stringify([{ mapping }, { mapping }])),
      );
      const extra = JSON.stringify({ 确权: '也许', 日期: '20210231', 其他: '红', Z: '43.5' });
      write(file, { batch_id: 1, extra, surveyed_on: null });
      await runChecks(jobOf(file));
      expect(list(file).map(({ rule, data }) => [rule, data])).toEqual([
        ['dates', { problem: 'impossible', column: 'surveyed_on', value: '20210231' }],
        ['value-not-taken', { column: 'accuracy', field: '确权', value: '也许' }],
      ]);
      write(file, { accuracy: 'A', surveyed_on: '2021-02-28' });
      await recheck(jobOf(file));
      expect(list(file).map(({ phase }) => phase)).toEqual(['fixed', 'fixed']);
    });
  });
});

describe('behind the back of commands', () => {
  const nextEvent = (room: { posted: FromLane[] }) =>
    new Promise<void>((resolve) => {
      const wait = setInterval(() => {
        if (room.posted.length === 0) return;
        clearInterval(wait);
        resolve();
      }, 5);
    });

  it('looks at what a command changed, and tells', async () => {
    await inProject(async (file) => {
      await runChecks(jobOf(file));
      const room = { posted: [] as FromLane[] };
      const lane: LaneRoom = {
        data: { lane: 'write', resources: '', sampleModule: null, temp: '' },
        connection: () => file,
        kept: new Map(),
        post: (message) => room.posted.push(message),
      };
      const watch = new CheckWatch(lane, () => false);
      bad(file);
      watch.answered(TODAY);
      await nextEvent(room);
      expect(room.posted).toEqual([{ type: 'event', event: { event: 'checked', revision: 2 } }]);
      expect(phases(file)).toEqual([[1, 'state-known', 'open']]);
      good(file);
      watch.answered(TODAY);
      await watch.stop();
      expect(phases(file)).toEqual([[1, 'state-known', 'open']]);
    });
  });
});
