import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CellValue } from '../src/model/component.ts';
import { createProject } from '../src/project/create.ts';
import { openProject } from '../src/project/open.ts';
import type { ProjectFile } from '../src/project/project-file.ts';
import { gridCode, newProject, pointBlob, SCHEME, squareBlob, TODAY } from '../src/project/testing.ts';
import type { Reader } from '../src/project/queries/reader.ts';

/** A made-up district for the tests of the queries and the map: 2 streets, 3 communities, 16 grids of 100 m, 6 units, some components. */
const GRID = 100;
const ACROSS = 4;
export const OTHER_SCHEME = 'GB/T 30428.2-2013';
const COMMUNITIES = ['110108001001', '110108001002', '110108002001'];

/** A small repeatable source of numbers in [0, 1) (a linear congruential generator of Knuth's). */
export function seeded(seed: number): () => number {
  let state = BigInt(seed);
  return () => {
    state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
    return Number(state >> 11n) / 2 ** 53;
  };
}

const by = { command: 'test.edit', person: '李静' };

export interface District {
  file: ProjectFile;
  reader: Reader;
}

/** Opens a made-up district with so many components, and takes it away again. */
export function withDistrict<T>(components: number, work: (district: District) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'gewu-queries-'));
  const path = join(folder, 'p.gpkg');
  createProject(path, newProject({ classes: CLASSES }));
  const file = openProject(path, { mode: 'write', today: TODAY, person: '李静' });
  try {
    file.revise(by, (tx) => {
      const insert = (table: string, row: Record<string, CellValue | Uint8Array>): number => tx.insert(table, row);
      settle(insert);
      survey(insert, components);
    });
    file.write((db) => findings(db));
    return work({ file, reader: { db: file.db, today: TODAY } });
  } finally {
    file.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const CLASSES = [
  { scheme: OTHER_SCHEME, code: '0101', majorCode: '01', majorName: '公用设施', name: '上水井盖' },
  { scheme: SCHEME, code: '01001', majorCode: '01', majorName: '市政公用设施', name: '供水井盖' },
  { scheme: SCHEME, code: '01099', majorCode: '01', majorName: '市政公用设施', name: '无主井盖', ownerless: true },
  { scheme: SCHEME, code: '02001', majorCode: '02', majorName: '道路交通', name: '路灯' },
];

type Insert = (table: string, row: Record<string, CellValue | Uint8Array>) => number;

function settle(insert: Insert): void {
  insert('street', { code: '110108001', name: '万寿路街道', geom: squareBlob(0, 0, 400) });
  insert('street', { code: '110108002', name: '永定路街道', geom: squareBlob(400, 0, 400) });
  for (const [i, code] of COMMUNITIES.entries()) {
    insert('community', { code, name: `社区${i}`, geom: squareBlob(100 * i, 0, 100) });
  }
  const ends: Record<number, string> = { 2: '2026-01-31', 4: '2025-06-30' };
  for (const [i, name] of [
    '朝阳园林队',
    '北京水务局',
    '安宁环卫所',
    '中关村公司',
    '阿里公司',
    '海淀路灯处',
  ].entries()) {
    insert('unit', {
      name,
      short_name: name.slice(0, 2),
      code: `U${i}`,
      valid_from: i === 5 ? '2026-03-01' : null,
      valid_to: ends[i] ?? null,
    });
  }
  insert('unit_alias', { unit_id: 1, alias: '朝阳绿化队' });
  for (let i = 0; i < ACROSS * ACROSS; i++) {
    const [x, y] = [(i % ACROSS) * GRID, Math.floor(i / ACROSS) * GRID];
    insert('unit_grid', {
      code: i < 2 ? gridCode(i + 1) : `${COMMUNITIES[i % 3] ?? ''}${String(i + 1).padStart(3, '0')}`,
      community_code: COMMUNITIES[i < 2 ? 0 : i % 3] ?? null,
      geom: squareBlob(x, y, GRID),
      status: i === 15 ? 'retired' : 'active',
      responsible_id: i % 4 === 0 ? (i % 6) + 1 : null,
      land_use: i % 2 === 0 ? '居住' : null,
    });
  }
}

function survey(insert: Insert, count: number): void {
  const random = seeded(7);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
  const unit = (): number | null => pick([null, 1, 2, 3, 4, 4, 5, 6]);
  for (let i = 0; i < count; i++) {
    const classCode = pick(['01001', '01001', '01099', '02001', '0101', '09999']);
    const texts = Object.fromEntries(
      ['supervisor', 'owner', 'maintainer', 'responsible'].map((role) => [
        `${role}_text`,
        pick([null, '', '某某公司', '北京水务局']),
      ]),
    );
    const all = random() < 0.5 ? pick([1, 2, 4]) : null;
    insert('component', {
      code: `110108${classCode}${String(i + 1).padStart(6, '0')}`,
      scheme: classCode === '0101' ? OTHER_SCHEME : SCHEME,
      class_code: classCode,
      name: pick(['井盖', '路灯', '垃圾箱', null, '']),
      supervisor_id: all ?? unit(),
      owner_id: all ?? unit(),
      maintainer_id: all ?? unit(),
      responsible_id: all ?? unit(),
      ...texts,
      confirmation: pick(['confirmed', 'confirmed', 'confirmed', 'unconfirmed', 'disputed', 'ownerless']),
      state: pick([null, '完好', '完好', '破损', '移除', '废弃']),
      phase: pick(['一期', '二期', null]),
      address: pick([null, '100%_路', '中关村大街1号', '阜成路2号']),
      surveyed_on: pick(['2026-03-04', '2025-12-31', null]),
      source_row: i % 7,
      geom: random() < 0.03 ? null : pointBlob(Math.floor(random() * 900) - 20, Math.floor(random() * 460) - 20),
    });
  }
}

function findings(db: Reader['db']): void {
  const put = db.prepare(
    `INSERT INTO gewu_finding (rule, severity, features, x, y, data, phase, found_at) VALUES (?, ?, ?, 1, 2, '{"value":"x"}', ?, '2026-11-01T00:00:00+08:00')`,
  );
  const link = db.prepare(
    `INSERT INTO gewu_finding_feature (layer, feature_id, finding_id) VALUES ('component', ?, ?)`,
  );
  const ids = db.prepare<[], number>('SELECT id FROM component ORDER BY id').pluck().all();
  for (const id of ids) {
    const kinds: [number, string, string, string][] = [
      [5, 'unit-unknown', 'warning', 'open'],
      [7, 'date-impossible', 'error', 'open'],
      [3, 'near-duplicate', 'info', 'fixed'],
    ];
    for (const [each, rule, severity, phase] of kinds) {
      if (id % each !== 0) continue;
      link.run(id, put.run(rule, severity, JSON.stringify([{ layer: 'component', id }]), phase).lastInsertRowid);
    }
  }
}
