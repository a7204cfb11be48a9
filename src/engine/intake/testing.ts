import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TablePlan } from '../../api/delivery.ts';
import { ROLES, type CellValue } from '../../model/component.ts';
import type { Shape } from '../../model/geometry/types.ts';
import { encodeGpkg } from '../../model/geometry/wkb.ts';
import { createProject } from '../../project/create.ts';
import { getBatch, type StoredBatch } from '../../project/batches/batches.ts';
import { pageRows } from '../../project/batches/pages.ts';
import type { PileName, StoredRow } from '../../project/batches/rows.ts';
import { dump } from '../../project/dump.ts';
import { openProject } from '../../project/open.ts';
import type { ProjectFile } from '../../project/project-file.ts';
import { newProject, ORIGIN, SCHEME, SRS, squareBlob, TODAY } from '../../project/testing.ts';
import { acceptBatch } from './accept.ts';
import { loadEnvironment } from './environment.ts';
import { accuracyByClass, deliveryFormats, projectEnvironment } from './in-project.ts';
import { inspectDelivery } from './inspect.ts';
import { reencodeBatch } from './reencode/index.ts';
import { saveMappings } from './saved-mappings.ts';
import { stageDelivery, type StageJob, type StageRequest } from './stage.ts';

/** A small project with an import bench, for the tests of this room and others. Nothing the program itself uses. */
export const RESOURCES = new URL('../../../resources/', import.meta.url);

const CLASSES = [
  ['01001', '供水井盖', 'A'],
  ['01037', '路灯', 'B'],
  ['04008', '绿地护栏', 'C'],
  ['04013', '绿地', 'B'],
] as const;

type BenchRequest = Partial<StageRequest> & { saveMapping?: boolean };

export interface Bench {
  project: ProjectFile;
  /** Folder whose files are delivered. */
  folder: string;
  /** Writes a file into the folder and answers its path. */
  put: (name: string, content: string | Uint8Array) => string;
  stage: (paths: string[], request?: BenchRequest) => Promise<StoredBatch>;
  stageAll: (paths: string[], request?: BenchRequest) => Promise<StoredBatch[]>;
  inspect: (paths: string[], plans?: TablePlan[]) => ReturnType<typeof inspectDelivery>;
  reencode: (
    id: number,
    encoding: string,
    how?: { dryRun?: boolean; file?: string },
  ) => ReturnType<typeof reencodeBatch>;
  accept: (id: number, piles?: PileName[]) => { revision: number | null; rows: number };
  /** Stages and accepts new, changed and gone. */
  bringIn: (name: string, content: string, request?: BenchRequest) => Promise<StoredBatch>;
  rows: (batch: StoredBatch, pile: PileName) => StoredRow[];
  piles: (batch: StoredBatch) => Record<PileName, number>;
  dump: () => string;
  component: (code: string) => Record<string, CellValue> | undefined;
}

export const PERSON = '李静';
const ALL: PileName[] = ['new', 'changed', 'gone'];

/** Two streets of four grids of 100 m each, side by side from ORIGIN; four classes; three units. `bare` leaves out streets and grids. */
export async function withBench(
  work: (bench: Bench) => Promise<void> | void,
  options: { bare?: boolean } = {},
): Promise<void> {
  const home = mkdtempSync(path.join(tmpdir(), 'gewu-intake-'));
  const folder = path.join(home, 'delivery');
  mkdirSync(folder);
  const file = path.join(home, 'p.gpkg');
  createProject(file, {
    ...newProject(),
    classes: CLASSES.map(([digits, name, accuracy]) => ({
      scheme: SCHEME,
      code: digits,
      name,
      accuracy,
      majorCode: digits.slice(0, 2),
      majorName: '',
    })),
  });
  const project = openProject(file, { mode: 'write', today: TODAY, person: PERSON });
  try {
    if (options.bare !== true) makePlaces(project);
    await work(createBench(project, folder));
  } finally {
    project.close();
    rmSync(home, { recursive: true, force: true });
  }
}

function makePlaces(project: ProjectFile): void {
  project.revise({ command: 'test', person: PERSON }, (tx) => {
    for (const [s, street] of ['110108001', '110108002'].entries()) {
      tx.insert('street', { code: street, name: `${s + 1} 街道`, geom: squareBlob(s * 200, 0, 200) });
      for (let i = 0; i < 4; i++) {
        const geom = squareBlob(s * 200 + (i & 1) * 100, (i >> 1) * 100, 100);
        tx.insert('unit_grid', { code: `${street}00100${i + 1}`, community_code: `${street}001`, geom });
      }
    }
    for (const name of ['海淀区城管委', '北京市自来水集团', '海淀区园林局']) tx.insert('unit', { name });
  });
}

const nothing = () => undefined;
const still = () => Promise.resolve();

function jobOf(project: ProjectFile): StageJob {
  return {
    store: project.db,
    write: (work) => project.write(work),
    tidy: (work) => project.tidy(work),
    environment: loadEnvironment(RESOURCES, projectEnvironment(project)),
    srsId: SRS,
    person: PERSON,
    now: '2026-11-23T08:00:00Z',
    accuracyOf: accuracyByClass(project.db),
    formats: deliveryFormats(),
    progress: nothing,
    checkCancel: nothing,
    breathe: still,
  };
}

function createBench(project: ProjectFile, folder: string): Bench {
  const stageAll: Bench['stageAll'] = async (paths, request) => {
    const { saveMapping, ...wishes } = request ?? {};
    const { ids, decided } = await stageDelivery(jobOf(project), { paths, ...wishes });
    if (saveMapping === true) saveMappings({ project, person: PERSON }, 'test', decided);
    return ids.map((id) => known(project, id));
  };
  const stage: Bench['stage'] = async (paths, request) => {
    const batches = await stageAll(paths, request);
    const [batch] = batches;
    if (batch === undefined || batches.length > 1) throw new Error(`${batches.length} batches, one expected`);
    return batch;
  };
  const accept: Bench['accept'] = (id, piles = ALL) =>
    acceptBatch(
      { project, person: PERSON, window: null, today: TODAY, progress: nothing, checkCancel: nothing },
      id,
      piles,
    );
  const put: Bench['put'] = (name, content) => {
    const full = path.join(folder, name);
    writeFileSync(full, content);
    return full;
  };
  return {
    project,
    folder,
    put,
    stage,
    stageAll,
    accept,
    reencode: (id, encoding, how = {}) =>
      reencodeBatch(
        { ...jobOf(project), project, window: null, temp: path.dirname(folder) },
        { id, encoding, file: how.file, dryRun: how.dryRun === true },
      ),
    inspect: (paths, plans = []) => inspectDelivery({ ...jobOf(project), deliveredBefore: () => null }, paths, plans),
    async bringIn(name, content, request) {
      const batch = await stage([put(name, content)], request);
      accept(batch.id);
      return known(project, batch.id);
    },
    rows: (batch, pile) => pageRows(project.db, batch.id, { pile }, { offset: 0, limit: 100_000 }).rows,
    piles: (batch) => pilesOf(project, batch.id),
    dump: () => dump(project.db),
    component: (wanted) =>
      project.db.prepare<[string], Record<string, CellValue>>(`SELECT * FROM component WHERE code = ?`).get(wanted),
  };
}

function known(project: ProjectFile, id: number): StoredBatch {
  const batch = getBatch(project.db, id);
  if (batch === null) throw new Error(`no batch ${id}`);
  return batch;
}

function pilesOf(project: ProjectFile, id: number): Record<PileName, number> {
  const counts = project.db
    .prepare<[number], [PileName, number]>(`SELECT pile, count(*) FROM gewu_batch_row WHERE batch_id = ? GROUP BY pile`)
    .raw()
    .all(id);
  return { new: 0, changed: 0, same: 0, gone: 0, unclear: 0, ...Object.fromEntries(counts) };
}

/** A delivered cover: everything a register says of it. Coordinates are metres from ORIGIN. */
export interface Cover {
  code: string;
  x: number;
  y: number;
  name?: string;
  owner?: string;
  state?: string;
  surveyed?: string;
  note?: string;
  /** A field without a column. */
  vendor?: string;
}

const HEADER = '部件标识码,部件名称,权属单位名称,部件状态,普查日期,备注,厂家编号,X,Y';
/** Plan of a register whose coordinates are in the project's own system. */
export const HERE: Partial<StageRequest> = { as: 'component', plans: [{ file: '*', table: '*', crs: 'EPSG:4548' }] };

/** Covers as a csv register. Blank coordinates where x is NaN. */
export function register(covers: readonly Cover[]): string {
  const quote = (text: string | undefined) => (text === undefined ? '' : `"${text.replaceAll('"', '""')}"`);
  const lines = covers.map((cover) => {
    const at = Number.isNaN(cover.x) ? ['', ''] : [ORIGIN[0] + cover.x, ORIGIN[1] + cover.y];
    const texts = [cover.name ?? '供水井盖', cover.owner, cover.state, cover.surveyed, cover.note, cover.vendor];
    return [cover.code, ...texts.map(quote), ...at].join(',');
  });
  return [HEADER, ...lines].join('\n');
}

/** 17 digits: district, class, sequence. */
export function code(n: number, classCode = '01001'): string {
  return `110108${classCode}${String(n).padStart(6, '0')}`;
}

/** Covers 10 m apart on a lattice, from ORIGIN on, ten a row. */
export function lattice(count: number, first = 1): Cover[] {
  return Array.from({ length: count }, (_, i) => ({
    code: code(first + i),
    x: 5 + (i % 10) * 10,
    y: 5 + Math.floor(i / 10) * 10,
  }));
}

/** A shape moved from metres from ORIGIN into the project CRS, as a GeoJSON file of one feature collection. */
export function geojson(
  features: { properties: Record<string, string | number | null>; shape: Shape | null }[],
): string {
  return JSON.stringify({
    type: 'FeatureCollection',
    crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::4548' } },
    features: features.map(({ properties, shape }) => ({ type: 'Feature', properties, geometry: shape })),
  });
}

/** Blob of a shape, as the project keeps it. */
export function blobOf(shape: Shape): Uint8Array {
  return encodeGpkg(shape, SRS);
}

/** Ids of the four roles of a component, in order. */
export function rolesOf(row: Record<string, CellValue> | undefined): CellValue[] {
  return ROLES.map((role) => row?.[`${role}_id`] ?? null);
}
