import { encodeGpkg } from '../src/model/geometry/wkb.ts';
import type { Position } from '../src/model/geometry/types.ts';
import { createProject } from '../src/project/create.ts';
import { openProject } from '../src/project/open.ts';
import type { Database } from './plain-sql.ts';

const TODAY = '2026-11-23';
const SCHEME = 'GB/T 47678.5-2026';
const SRS = 4548;
const CORNER: Position = [420_000, 4_417_000];
/** Grids on a side, and metres of a grid: about the number and the area of a large urban district. */
const ACROSS = 92;
const SIDE = 220;

/** A repeatable number in [0, 1) for an index and a purpose (a 32-bit integer hash by multiplication). */
function chance(i: number, purpose: number): number {
  let h = Math.imul(i + 1, 0x9e3779b1) ^ Math.imul(purpose + 1, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  return ((h ^ (h >>> 13)) >>> 0) / 2 ** 32;
}

/** A project with so many components spread over 8,464 square grids, written through the ordinary door. */
export function districtFile(path: string, components: number): { db: Database; today: string; close: () => void } {
  const classes = Array.from({ length: 80 }, (_, i) => {
    const code = String(1001 + i).padStart(5, '0');
    return { scheme: SCHEME, code, majorCode: `0${1 + (i % 5)}`, majorName: `大类${i % 5}`, name: `小类${i}` };
  });
  createProject(path, {
    district: '110108',
    districtName: '海淀区',
    crs: `EPSG:${SRS}`,
    scheme: SCHEME,
    person: 'bench',
    today: TODAY,
    classes,
  });
  const writer = openProject(path, { mode: 'write', today: TODAY, person: 'bench' });
  writer.revise({ command: 'bench.fill', person: 'bench' }, (tx) => {
    for (let i = 0; i < 120; i++)
      tx.insert('unit', { name: `北京市第${i}管理所`, valid_to: i % 40 === 0 ? '2020-01-01' : null });
    for (let i = 0; i < 28; i++)
      tx.insert('street', { code: `110108${String(i + 1).padStart(3, '0')}`, name: `街道${i}` });
    for (let i = 0; i < ACROSS * ACROSS; i++) tx.insert('unit_grid', gridRow(i));
    for (let i = 0; i < components; i++) tx.insert('component', componentRow(i));
  });
  writer.close();
  const file = openProject(path, { mode: 'read', today: TODAY, person: 'bench' });
  return { db: file.db, today: TODAY, close: () => file.close() };
}

function gridRow(i: number) {
  const [x, y] = [CORNER[0] + (i % ACROSS) * SIDE, CORNER[1] + Math.floor(i / ACROSS) * SIDE];
  const community = `110108${String((i % 28) + 1).padStart(3, '0')}001`;
  const ring: Position[] = [
    [x, y],
    [x + SIDE, y],
    [x + SIDE, y + SIDE],
    [x, y + SIDE],
    [x, y],
  ];
  const geom = encodeGpkg({ type: 'MultiPolygon', coordinates: [[ring]] }, SRS);
  return { code: `${community}${String(i).padStart(4, '0')}`, community_code: community, geom };
}

function componentRow(i: number) {
  const code = String(1001 + Math.floor(80 * chance(i, 0) ** 2)).padStart(5, '0');
  const unit = (role: number): number | null =>
    chance(i, role) < 0.06 ? null : 1 + Math.floor(120 * chance(i, role + 10));
  const at: Position = [CORNER[0] + chance(i, 20) * ACROSS * SIDE, CORNER[1] + chance(i, 21) * ACROSS * SIDE];
  return {
    code: `110108${code}${String(i).padStart(6, '0')}`,
    scheme: SCHEME,
    class_code: code,
    name: `小类${code}`,
    supervisor_id: unit(1),
    owner_id: unit(2),
    maintainer_id: unit(3),
    responsible_id: unit(4),
    confirmation: chance(i, 5) < 0.9 ? 'confirmed' : 'unconfirmed',
    state: chance(i, 6) < 0.95 ? '完好' : '移除',
    phase: `${1 + Math.floor(3 * chance(i, 7))}期`,
    address: `中关村大街${Math.floor(9000 * chance(i, 8))}号`,
    source_row: i + 1,
    geom: encodeGpkg({ type: 'Point', coordinates: at }, SRS),
  };
}
