import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ImportAs } from '../../src/api/delivery.ts';
import type { Client } from '../../src/api/client.ts';
import type { Road } from './transports.ts';

/** South-west corner of the small district, EPSG:4548. */
export const CORNER = [432_000, 4_428_000] as const;
export const SCHEME = 'GB/T 47678.5-2026';
export const COMPONENTS = 300;
/** A unit of this kind ends the thread of `dying-lane.ts`. */
export const DEADLY_KIND = 'ends the thread';

/** Four by four grids of 100 m in one community and one street, and 300 covers in them: enough for every method, made in a moment. */
export function writeDistrict(folder: string): { file: string; as: ImportAs }[] {
  const codes = Array.from({ length: 16 }, (_, i) => i);
  const grids = codes.map((i) => ({
    properties: { BGID: `110108001001${String(i + 1).padStart(3, '0')}`, SQDM: '110108001001' },
    rings: square((i >> 2) * 100, (i & 3) * 100, 100),
  }));
  const street = { properties: { JDDM: '110108001', JDMC: '万寿路街道' }, rings: square(0, 0, 400) };
  const community = { properties: { SQDM: '110108001001', SQMC: '翠微路社区' }, rings: square(0, 0, 400) };
  write(folder, 'streets.geojson', collection([street]));
  write(folder, 'communities.geojson', collection([community]));
  write(folder, 'grids.geojson', collection(grids));
  write(folder, 'units.csv', '单位名称,统一社会信用代码\n海淀区城管委,\n北京市自来水集团,\n');
  write(folder, 'covers.csv', covers(COMPONENTS, ''));
  return [
    { file: 'streets.geojson', as: 'street' },
    { file: 'communities.geojson', as: 'community' },
    { file: 'grids.geojson', as: 'unit-grid' },
    { file: 'units.csv', as: 'unit' },
    { file: 'covers.csv', as: 'component' },
  ];
}

/** A register of covers with its coordinates; `note` makes a second delivery differ from the first. */
export function covers(count: number, note: string): string {
  const rows = Array.from({ length: count }, (_, i) => {
    const code = `11010801001${String(i + 1).padStart(6, '0')}`;
    const [x, y] = [CORNER[0] + ((i * 37) % 399) + 0.5, CORNER[1] + ((i * 61) % 399) + 0.5];
    return [code, '供水井盖', '01001', '海淀区城管委', '北京市自来水集团', x, y, '完好', `${note}${i}`].join(',');
  });
  return ['部件标识码,部件名称,小类代码,主管部门名称,权属单位名称,X,Y,部件状态,备注', ...rows].join('\n');
}

/** Brings the district in through the ordinary import. */
export async function bringIn(client: Client, road: Pick<Road, 'ref'>, folder: string): Promise<void> {
  for (const { file, as } of writeDistrict(folder)) {
    const files = [await road.ref(path.join(folder, file))];
    const plans = as === 'component' ? [{ file, table: path.basename(file, '.csv'), crs: 'EPSG:4548' }] : [];
    const { batches } = await client.call('delivery.stage', { files, as, plans });
    for (const batch of batches) await client.call('batch.accept', { id: batch.id, piles: ['new', 'changed'] });
  }
}

function write(folder: string, name: string, text: string): void {
  writeFileSync(path.join(folder, name), text);
}

type Rings = [number, number][][];
function square(x: number, y: number, side: number): Rings {
  const [ox, oy] = [CORNER[0] + x, CORNER[1] + y];
  return [
    [
      [ox, oy],
      [ox + side, oy],
      [ox + side, oy + side],
      [ox, oy + side],
      [ox, oy],
    ],
  ];
}

function collection(areas: { properties: Record<string, string>; rings: Rings }[]): string {
  return JSON.stringify({
    type: 'FeatureCollection',
    crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::4548' } },
    features: areas.map(({ properties, rings }) => ({
      type: 'Feature',
      properties,
      geometry: { type: 'Polygon', coordinates: rings },
    })),
  });
}
