import { registerDefinition } from '../src/model/geometry/crs.ts';
import type { Position } from '../src/model/geometry/types.ts';
import { openProject } from '../src/project/open.ts';
import type { ProjectFile } from '../src/project/project-file.ts';
import { ORIGIN, pointBlob, SCHEME, squareBlob, TODAY, withProject } from '../src/project/testing.ts';
import { loadEnvironment, type IntakeEnvironment } from '../src/engine/intake/environment.ts';
import { projectEnvironment } from '../src/engine/intake/in-project.ts';
import { RESOURCES } from '../src/engine/intake/testing.ts';
import { seeded } from './made-up-district.ts';

/** A district of 12 streets of 1.5 km, 432 grids of 250 m, and 1,000 components: lamps in rows, covers and railings anywhere. */
const STREET = 1500;
const GRID = 250;
const ACROSS = 4;
const DOWN = 3;

export interface Thing {
  code: string;
  classCode: string;
  grid: string;
  street: string;
  /** Metres from ORIGIN. */
  at: Position;
}

const streetOf = (x: number, y: number) => 1 + Math.floor(x / STREET) + ACROSS * Math.floor(y / STREET);
export const streetCode = (n: number) => `110108${String(n).padStart(3, '0')}`;
function gridOf(x: number, y: number): string {
  const [i, j] = [Math.floor((x % STREET) / GRID), Math.floor((y % STREET) / GRID)];
  return `${streetCode(streetOf(x, y))}001${String(1 + i + 6 * j).padStart(3, '0')}`;
}

export function things(count: number, seed: number, first = 1): Thing[] {
  const random = seeded(seed);
  return Array.from({ length: count }, (_, i) => {
    const classCode = ['01037', '01001', '04008'][i % 3] ?? '01001';
    const row = Math.floor(random() * 6);
    const [x, y] =
      classCode === '01037'
        ? [15 + 30 * Math.floor(random() * 199) + random(), 375 + 750 * row + random()]
        : [random() * STREET * ACROSS, random() * STREET * DOWN];
    const code = `110108${classCode}${String(first + i).padStart(6, '0')}`;
    return { code, classCode, grid: gridOf(x, y), street: streetCode(streetOf(x, y)), at: [x, y] as Position };
  });
}

export const KNOWN = things(1000, 11);

export function withKnownDistrict(work: (environment: IntakeEnvironment, project: ProjectFile) => void): void {
  withProject((path) => {
    const project = openProject(path, { mode: 'write', today: TODAY, person: '李静' });
    try {
      project.revise({ command: 'test', person: '李静' }, (tx) => {
        for (let s = 0; s < ACROSS * DOWN; s++) {
          const [x, y] = [(s % ACROSS) * STREET, Math.floor(s / ACROSS) * STREET];
          tx.insert('street', { code: streetCode(s + 1), name: `${s + 1}街道`, geom: squareBlob(x, y, STREET) });
          for (let g = 0; g < 36; g++) {
            const [gx, gy] = [x + (g % 6) * GRID, y + Math.floor(g / 6) * GRID];
            const code = gridOf(gx + 1, gy + 1);
            tx.insert('unit_grid', { code, community_code: code.slice(0, 12), geom: squareBlob(gx, gy, GRID) });
          }
        }
        for (const { code, classCode, at } of KNOWN)
          tx.insert('component', { code, scheme: SCHEME, class_code: classCode, geom: pointBlob(at[0], at[1]) });
      });
      work(loadEnvironment(RESOURCES, projectEnvironment(project)), project);
    } finally {
      project.close();
    }
  });
}

/** Older datums with a planted relation to CGCS2000 (position vector; metres, seconds of arc, ppm): nobody's real parameters. */
const planted = (ellipsoid: string, towgs84: string) =>
  registerDefinition(
    `+proj=tmerc +lat_0=0 +lon_0=117 +k=1 +x_0=500000 +y_0=0 ${ellipsoid} +towgs84=${towgs84} +units=m +no_defs`,
  ).code;
export const BEIJING54 = planted('+a=6378245 +rf=298.3', '21.4,-139.2,-70.8,0.6,-0.9,1.7,3.1');
export const XIAN80 = planted('+a=6378140 +rf=298.257', '-9.3,118.7,53.1,-0.4,0.8,-1.1,-2.2');

/** A thing's place in the project, EPSG:4548. */
export const placeOf = ({ at }: Pick<Thing, 'at'>): Position => [ORIGIN[0] + at[0], ORIGIN[1] + at[1]];
