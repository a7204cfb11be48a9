import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient, type Client } from '../../src/api/client.ts';
import { contract, type EngineEvent, type Input, type Method, type Output } from '../../src/api/contract.ts';
import { GewuError } from '../../src/api/error.ts';
import type { FileRef } from '../../src/api/shared.ts';
import { TILE_HEADER, TILE_MAGIC } from '../../src/model/tile.ts';
import { bringIn, COMPONENTS, CORNER, covers, SCHEME } from './district.ts';
import { ROADS, type Road } from './transports.ts';

describe.each(['port', 'http', 'stand-in'] as const)('the contract over %s', (name) => {
  const folder = mkdtempSync(path.join(tmpdir(), `gewu-contract-${name}-`));
  const events: EngineEvent[] = [];
  const asked = new Set<Method>();
  let road: Road;
  let client: Client;
  let here: FileRef;

  /** Asks and remembers that the method was answered. */
  async function call<M extends Method>(method: M, input: Input<M>): Promise<Output<M>> {
    const value = await client.call(method, input);
    asked.add(method);
    return value;
  }
  async function refusal(method: Method, input: unknown): Promise<GewuError> {
    const error: unknown = await client.call(method, input as never).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    if (error instanceof GewuError) return error;
    throw new Error(`${method} was not refused`);
  }
  const heard = async (wanted: (event: EngineEvent) => boolean) => {
    await expect.poll(() => events.some(wanted), { timeout: 10_000 }).toBe(true);
  };

  beforeAll(async () => {
    road = await ROADS[name](folder);
    client = createClient(road.transport, 'window-1');
    client.listen((event) => events.push(event));
    here = await road.ref(folder);
  });
  afterAll(async () => {
    await road.end();
    rmSync(folder, { recursive: true, force: true });
  });

  it('answers before a project is open', async () => {
    expect((await call('app.info', {})).shell).toBe(road.shell);
    expect((await call('app.setPerson', { name: '李静' })).person).toBe('李静');
    expect(await call('project.info', {})).toBeNull();
    expect((await call('host.list', {})).folder.name).toBe(path.basename(folder));
    expect(await call('task.list', {})).toEqual([]);
    expect((await refusal('class.list', {})).code).toBe('no-project');
    const file = path.join(folder, 'alone.csv');
    writeFileSync(file, covers(20, ''));
    const { tables } = await call('delivery.inspect', { files: [await road.ref(file)] });
    expect(tables[0]).toMatchObject({ file: 'alone.csv', rows: 20 });
  });

  it('makes a project and brings a district in', async () => {
    const made = await call('project.new', {
      folder: here,
      name: 'small',
      district: '110108',
      crs: 'EPSG:4548',
      scheme: 'GB/T-47678.5-2026',
    });
    expect(made).toMatchObject({
      name: 'small',
      district: '110108',
      districtName: '海淀区',
      scheme: SCHEME,
      readOnly: null,
    });
    await bringIn(client, road, folder);
    asked.add('delivery.stage').add('batch.accept');
    const now = await call('project.info', {});
    expect(now?.counts).toEqual({ component: COMPONENTS, unitGrid: 16, street: 1, community: 1, unit: 2 });
    await heard((event) => event.event === 'changed' && event.command === 'batch.accept');
    await heard(
      (event) => event.event === 'task' && event.task.method === 'batch.accept' && event.task.state === 'done',
    );
  });

  it('answers about registries and figures', async () => {
    const classes = await call('class.list', {});
    expect(classes.find((entry) => entry.code === '01001' && entry.scheme === SCHEME)?.components).toBe(COMPONENTS);
    expect((await call('unit.list', { limit: 10 })).total).toBe(2);
    const stats = await call('stats.get', { by: 'street' });
    expect(stats).toMatchObject({
      components: COMPONENTS,
      grids: 16,
      streets: 1,
      communities: 1,
      districtAreaM2: 160_000,
    });
    expect(stats.groups).toHaveLength(1);
    const causes = await call('stats.causes', {});
    expect(causes.reduce((sum, cause) => sum + cause.count, 0)).toBe(stats.inService - stats.clear);
    expect((await call('overview.get', {})).byStreet.components).toBe(COMPONENTS);
  });

  it('answers about components', async () => {
    const view = await call('component.view', { filter: null, sort: [{ column: 'code', descending: false }] });
    expect(view).toMatchObject({ shown: COMPONENTS, total: COMPONENTS });
    const { rows } = await call('component.rows', { viewId: view.viewId, offset: 0, limit: 2 });
    expect(rows[0]?.cells['code']).toBe('11010801001000001');
    const id = rows[1]?.id ?? 0;
    expect(await call('component.position', { viewId: view.viewId, id })).toEqual({ index: 1 });
    expect((await call('component.ids', { viewId: view.viewId, offset: 0, limit: 1000 })).ids).toHaveLength(COMPONENTS);
    const { facets } = await call('component.facets', { filter: null, columns: ['state', 'clarity'] });
    expect(facets['state']).toEqual([{ value: '完好', name: null, nameEn: null, count: COMPONENTS }]);
    const detail = await call('component.get', { id });
    expect(detail.roles.owner).toMatchObject({ name: '北京市自来水集团', valid: true });
    expect(detail.lonLat?.[0]).toBeCloseTo(116.2, 1);
    const mixed = await call('component.mixed', { ids: rows.map((row) => row.id) });
    expect([mixed.columns['code']?.mixed, mixed.columns['state']?.value]).toEqual([true, '完好']);
    const place = await call('component.place', {
      at: [CORNER[0] + 10, CORNER[1] + 10],
      scheme: SCHEME,
      classCode: '01002',
    });
    expect(place).toMatchObject({
      gridCode: '110108001001001',
      streetName: '万寿路街道',
      nextCode: '11010801002000001',
    });
    expect((await refusal('component.rows', { viewId: 'component:999:1', offset: 0, limit: 1 })).code).toBe(
      'view-gone',
    );
  });

  it('changes components, each as one revision', async () => {
    const at: [number, number] = [CORNER[0] + 20.000_04, CORNER[1] + 20];
    const added = await call('component.add', { scheme: SCHEME, classCode: '01002', at, set: { address: '复兴路' } });
    expect(added.code).toBe('11010801002000001');
    const { id } = added;
    const updated = await call('component.update', { changes: [{ id, set: { note: '新' }, was: { note: null } }] });
    expect(updated.rows).toBe(1);
    await heard(
      (event) => event.event === 'changed' && event.revision === updated.revision && event.window === 'window-1',
    );
    const stale = await refusal('component.update', { changes: [{ id, set: { note: '旧' }, was: { note: null } }] });
    expect([stale.code, stale.data['cells']]).toEqual(['conflict', [{ id, column: 'note', was: null, now: '新' }]]);
    const to: [number, number] = [CORNER[0] + 350, CORNER[1] + 350];
    expect((await call('component.move', { id, to, was: [CORNER[0] + 20, CORNER[1] + 20] })).gridCode).toBe(
      '110108001001016',
    );
    expect((await refusal('component.move', { id, to, was: at })).code).toBe('conflict');
    expect((await call('component.retire', { ids: [id] })).rows).toBe(1);
    expect((await call('component.get', { id })).cells).toMatchObject({ state: '移除', changed_on: road.today });
    expect((await call('component.restore', { ids: [id] })).rows).toBe(1);
    expect((await call('component.get', { id })).cells['state']).toBe('完好');
    const other = await call('component.reclassify', { id, scheme: SCHEME, classCode: '01003' });
    expect(other.code).toBe('11010801003000001');
    expect((await call('component.get', { id })).replacedBy).toEqual({ id: other.id, code: other.code });
    expect((await refusal('component.reclassify', { id, scheme: SCHEME, classCode: '01004' })).code).toBe('refused');
  });

  it('registers units and aliases', async () => {
    const { id } = await call('unit.add', { name: '北京市排水集团' });
    expect((await refusal('unit.add', { name: '北京市排水集团 ' })).code).toBe('exists');
    expect(await call('unit.addAlias', { unitId: id, alias: '排水集团' })).toMatchObject({ resolved: 0 });
    expect((await refusal('unit.addAlias', { unitId: id, alias: '海淀区城管委' })).code).toBe('exists');
  });

  it('answers about the map, tiles as bytes', async () => {
    const frame = await call('map.frame', {});
    expect(frame.size).toBeGreaterThan(400);
    const filter = { op: '=', column: 'class_code', value: '01001' } as const;
    const { viewId, shown } = await call('component.view', { filter, sort: [] });
    const tile = await call('map.tile', { layer: 'component', z: 0, x: 0, y: 0, viewId });
    const view = new DataView(tile.buffer, tile.byteOffset, tile.byteLength);
    expect([view.getUint32(0, true), view.getUint32(4, true)]).toEqual([TILE_MAGIC, 1]);
    expect(tile.byteLength).toBe(TILE_HEADER + 16 * view.getUint32(8, true));
    const [x, y] = [CORNER[0] + 50, CORNER[1] + 50];
    const grids = await call('map.hit', { at: [x, y], tolerance: 1, layers: ['unit_grid'], viewId: null });
    expect(grids.map((hit) => hit.code)).toEqual(['110108001001001']);
    const bbox: [number, number, number, number] = [CORNER[0], CORNER[1], CORNER[0] + 400, CORNER[1] + 400];
    expect((await call('map.inBox', { bbox, layer: 'component', viewId, limit: 1000 })).total).toBe(shown);
    expect((await call('map.counts', { bbox, viewId })).total).toBe(shown);
    expect((await call('map.features', { layer: 'unit_grid', ids: [1] }))[0]?.shape?.type).toBe('MultiPolygon');
    expect((await call('map.outline', {})).streets).toHaveLength(1);
  });

  it('answers about grids and edits them', async () => {
    const view = await call('grid.view', { filter: null, sort: [] });
    const { rows } = await call('grid.rows', { viewId: view.viewId, offset: 0, limit: 16 });
    const id = rows[0]?.id ?? 0;
    expect((await call('grid.position', { viewId: view.viewId, id })).index).toBe(0);
    expect((await call('grid.ids', { viewId: view.viewId, offset: 0, limit: 99 })).ids).toHaveLength(16);
    expect((await call('grid.get', { id })).neighbours.length).toBeGreaterThan(0);
    expect((await call('grid.byCode', { code: '110108001001006' }))?.status).toBe('active');
    const bbox: [number, number, number, number] = [CORNER[0] + 99, CORNER[1] + 99, CORNER[0] + 101, CORNER[1] + 101];
    const network = await call('grid.network', { bbox });
    expect(network.complete).toHaveLength(4);
    const revision = (await call('project.info', {}))?.revision ?? 0;
    const node: [number, number] = [CORNER[0] + 100, CORNER[1] + 100];
    const edited = await call('grid.edit', {
      operation: { op: 'move-node', at: [node[0] + 0.0005, node[1]], to: [node[0] + 20, node[1] - 10] },
      revision,
    });
    expect(edited.changed.map((grid) => grid.code)).toEqual(
      ['001', '002', '005', '006'].map((n) => `110108001001${n}`),
    );
    expect(edited.changed.reduce((sum, grid) => sum + grid.areaNow - grid.areaWas, 0)).toBeCloseTo(0, 6);
    expect(edited.movedComponents.length).toBeGreaterThan(0);
    const stale = { op: 'move-node', at: [node[0] + 20, node[1] - 10], to: node };
    expect((await refusal('grid.edit', { operation: stale, revision })).code).toBe('conflict');
    const nowhere = { op: 'move-node', at: [node[0] + 5, node[1]], to: node };
    expect((await refusal('grid.edit', { operation: nowhere })).data['reason']).toBe('not-a-node');
    expect((await call('grid.faults', {})).faults).toEqual([]);
    expect((await call('grid.update', { changes: [{ id, set: { land_use: '居住' } }] })).rows).toBe(1);
  });

  it('tells, undoes and redoes', async () => {
    const { revisions, total } = await call('history.list', { offset: 0, limit: 5 });
    expect([revisions[0]?.command, revisions[0]?.person, total > 5]).toEqual(['grid.update', '李静', true]);
    expect((await call('history.get', { id: revisions[0]?.id ?? 0, limit: 10 })).changes[0]).toMatchObject({
      layer: 'unit_grid',
      column: 'land_use',
      was: null,
      now: '居住',
    });
    expect((await call('history.state', { window: 'window-1' })).undo?.command).toBe('grid.update');
    const undone = await call('history.undo', { window: 'window-1' });
    expect([undone.undoOf, undone.clashes]).toEqual([revisions[0]?.id, []]);
    expect((await call('history.redo', { window: 'window-1' })).undoOf).toBe(undone.revision);
    expect((await refusal('history.undo', { window: 'another' })).code).toBe('nothing-to-undo');
  });

  it('stages, decides, accepts in part, returns and takes back a delivery', async () => {
    const file = path.join(folder, 'covers.csv');
    writeFileSync(file, covers(COMPONENTS, '再 '));
    const files = [await road.ref(file)];
    const plans = [{ file: 'covers.csv', table: 'covers', crs: 'EPSG:4548' }];
    const { batches } = await call('delivery.stage', { files, as: 'component', plans });
    const id = batches[0]?.id ?? 0;
    expect(batches[0]?.piles).toMatchObject({ new: 0, changed: COMPONENTS });
    const page = await call('batch.rows', { id, pile: 'changed', offset: 0, limit: 3 });
    expect(page.rows[0]?.cells[0]).toMatchObject({ column: 'note', was: '0', now: '再 0' });
    expect((await call('batch.facets', { id, pile: 'changed' })).columns[0]?.value).toBe('note');
    const rows = page.rows.map((row) => row.id);
    expect((await call('batch.decide', { id, select: { rows }, decision: 'accept' })).rows).toBe(3);
    const accepted = await call('batch.accept', { id });
    expect([accepted.rows, accepted.batch.state]).toEqual([3, 'accepted']);
    expect((await call('batch.returns', { id, target: { download: '退回.xlsx' } })).files[0]?.name).toBe('退回.xlsx');
    expect((await call('batch.undo', { id })).rows).toBeGreaterThanOrEqual(3);
    expect((await call('batch.get', { id })).state).toBe('undone');
    const receipt = await call('batch.receipt', { id });
    expect([receipt.outcome.changed.broughtIn, receipt.revisions.length, receipt.files[0]?.kept]).toEqual([3, 2, true]);
    const target = { download: '回执.xlsx' };
    expect((await call('batch.writeReceipt', { id, target })).rows).toBe(COMPONENTS);
    const [first] = page.rows;
    const photo = path.join(folder, `${first?.key ?? ''}.png`);
    writeFileSync(photo, 'a picture');
    const again = await call('delivery.stage', { files: [...files, await road.ref(photo)], as: 'component', plans });
    const { photos } = await call('component.photos', { id: first?.featureId ?? 0 });
    expect(photos).toMatchObject([{ name: path.basename(photo), size: 9 }]);
    const bytes = await call('photo.bytes', { id: photos[0]?.id ?? 0 });
    expect(Buffer.from(bytes).toString()).toBe('a picture');
    expect((await refusal('photo.bytes', { id: 999 })).code).toBe('not-found');
    await call('batch.discard', { id: again.batches[0]?.id ?? 0 });
    expect((await call('batch.list', {})).find((batch) => batch.id === again.batches[0]?.id)?.state).toBe('discarded');
  });

  it('says what a delivery speaks for, and reads its bytes in another encoding', async () => {
    const file = path.join(folder, 'part.csv');
    writeFileSync(file, covers(COMPONENTS - 5, ''));
    const plans = [{ file: 'part.csv', table: 'part', crs: 'EPSG:4548' }];
    const { batches } = await call('delivery.stage', { files: [await road.ref(file)], as: 'component', plans });
    const id = batches[0]?.id ?? 0;
    expect(batches[0]?.piles.gone).toBe(5);
    const said = await call('batch.coverage', { id });
    expect([said.by, said.streets.map(({ missing, covered }) => [missing, covered])]).toEqual([
      'delivered',
      [[5, true]],
    ]);
    expect((await call('batch.setCoverage', { id, coverage: { by: 'nothing' } })).gone).toBe(0);
    expect((await call('batch.texts', { id })).tables[0]).toMatchObject({ file: 'part.csv', encoding: 'UTF-8' });
    const reread = await call('batch.reencode', { id, encoding: 'utf-8', dryRun: true });
    expect([reread.revision, reread.cells]).toEqual([null, 0]);
    expect((await call('batch.repair', { id, take: true })).cells).toBe(0);
    await call('batch.discard', { id });
  });

  it('checks, excuses and verifies', async () => {
    const result = await call('check.run', {});
    expect(result.findings).toBe(Object.values(result.bySeverity).reduce((sum, n) => sum + n, 0));
    const { rules, stale } = await call('check.rules', {});
    expect([rules.length >= 15, stale]).toEqual([true, false]);
    const { findings } = await call('finding.list', { phase: 'open', offset: 0, limit: 10 });
    const id = findings[0]?.id ?? 0;
    expect((await call('finding.get', { id })).phase).toBe('open');
    await call('finding.excuse', { ids: [id], reason: '已现场核实', until: null });
    expect((await call('finding.get', { id })).exception).toMatchObject({ reason: '已现场核实', person: '李静' });
    await call('finding.verify', { ids: [id] });
    expect((await call('finding.get', { id })).phase).toBe('verified');
    await call('finding.reopen', { ids: [id] });
    expect((await call('finding.get', { id })).phase).toBe('open');
    expect((await refusal('finding.verify', { ids: [id] })).code).toBe('refused');
  });

  it('writes reports and exports', async () => {
    const [report] = await call('report.list', {});
    const preview = await call('report.preview', { report: report?.id ?? '', rowsPerSheet: 5 });
    expect(preview.sheets.length).toBeGreaterThan(3);
    const book = await call('report.write', {
      report: report?.id ?? '',
      language: 'zh',
      target: { folder: here, name: '册.xlsx' },
    });
    expect(existsSync(path.join(folder, '册.xlsx'))).toBe(true);
    expect(book.files[0]?.name).toBe('册.xlsx');
    const where = 'class_code = 01001 and state = 完好';
    const target = { folder: here, name: 'out.csv' };
    expect((await call('export.write', { layer: 'component', format: 'csv', where, target })).rows).toBe(COMPONENTS);
    expect((await refusal('export.write', { layer: 'component', format: 'csv', target })).code).toBe('exists');
    expect((await refusal('export.write', { layer: 'component', format: 'csv', where: 'state =', target })).code).toBe(
      'filter-syntax',
    );
  });

  it('gives one shape to every refusal', async () => {
    expect(await refusal('component.update', { changes: [{ id: 'x', set: {} }] })).toMatchObject({
      code: 'input',
      data: { path: 'changes.0.id' },
    });
    expect((await refusal('component.get', { id: 99_999 })).code).toBe('not-found');
    expect((await refusal('component.nothing' as Method, {})).code).toBe('input');
    expect((await refusal('project.open', { file: { ref: 'made-up', name: 'x' } })).code).toBe('not-found');
    expect((await refusal('component.update', { changes: [{ id: 1, set: { clarity: 'clear' } }] })).code).toBe('input');
    expect((await refusal('component.update', { changes: [{ id: 1, set: { owner_id: 4711 } }] })).code).toBe('refused');
    expect((await refusal('component.update', { changes: [{ id: 1, set: { surveyed_on: '2026-02-30' } }] })).code).toBe(
      'input',
    );
  });

  it('backs up, restores, saves a clean copy, closes to one file and opens again', async () => {
    const backups = await call('project.backups', {});
    expect(backups.map((backup) => backup.reason)).toEqual(['daily']);
    const restored = await call('project.restore', { backup: backups[0]?.file ?? here });
    expect(restored.counts.component).toBe(0);
    expect((await call('project.saveClean', { folder: here, name: 'clean' })).name).toBe('clean');
    expect(await call('project.close', {})).toBeNull();
    await heard((event) => event.event === 'project' && event.project === null);
    for (const left of ['clean.gpkg-wal', 'clean.gpkg-shm', 'small.gpkg-wal', 'small.gpkg-shm']) {
      expect(existsSync(path.join(folder, left))).toBe(false);
    }
    const small = await road.ref(path.join(folder, 'small.gpkg'));
    expect((await call('project.open', { file: small })).name).toBe('small');
    expect((await call('app.info', {})).recents.map((recent) => recent.name)).toEqual(['small', 'clean']);
  });

  it('has had every method answered but the sample, which has a test of its own', () => {
    const left = (Object.keys(contract) as Method[]).filter((method) => !asked.has(method));
    expect(left).toEqual(['project.sample']);
  });
});
