import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { zipSync } from 'fflate';
import { CGCS2000_GK_117E } from '../../fixtures/district/deliver/crs.ts';
import type { ComponentDetail } from '../../src/api/component.ts';
import type { Client } from '../../src/api/client.ts';
import type { WriteField, WriteRow } from '../../src/formats/format.ts';
import { writeShapefile } from '../../src/formats/shapefile/write.ts';
import type { CellValue } from '../../src/model/component.ts';
import { registerDefinition, transformer } from '../../src/model/geometry/crs.ts';
import type { Position } from '../../src/model/geometry/types.ts';

/** A survey team's supplement: what it changes, and how many it adds. */
export interface Supplement {
  name: string;
  zip: Uint8Array;
  /** Delivered broken, in the project sound. */
  changed: ComponentDetail[];
  added: number;
}

const CLASS = '01001';
const CHANGED = 3;
/** Metres from a known component, each way: nothing of the class stands there. */
const AWAY = [[37, 41]] as const;
const field = (name: string, length: number): WriteField => ({ name, title: name, type: 'text', length });
const FIELDS = [
  field('ObjID', 17),
  field('OBJNAME', 30),
  field('SmallClass', 5),
  field('OBJSTATE', 10),
  field('DEPTNAME2', 60),
];

/** A GBK shapefile in a zip, with field names as vendors write them: three known components found broken, and new ones. */
export async function makeSupplement(client: Client): Promise<Supplement> {
  const { viewId } = await client.call('component.view', {
    filter: {
      op: 'and',
      of: [
        { op: '=', column: 'class_code', value: CLASS },
        { op: '=', column: 'state', value: '完好' },
        { op: 'not', of: { op: 'empty', column: 'owner_id' } },
      ],
    },
    sort: [{ column: 'code', descending: false }],
  });
  const { rows } = await client.call('component.rows', { viewId, offset: 0, limit: CHANGED });
  const changed = await Promise.all(rows.map(({ id }) => client.call('component.get', { id })));
  const [first] = changed;
  if (first?.at == null) throw new Error(`No component of class ${CLASS} to change.`);
  const { at } = first;
  const known = changed.map((one) => row(one, String(one.cells['code']), one.at, '破损'));
  const added = AWAY.map(([east, north], i) =>
    row(first, `110108${CLASS}${String(900_001 + i)}`, [at[0] + east, at[1] + north], '完好'),
  );
  return { name: '补测.zip', zip: zipped([...known, ...added]), changed, added: added.length };
}

function row(of: ComponentDetail, code: string, at: Position | null, state: string): WriteRow {
  const text = (value: CellValue | undefined) => (value == null ? null : String(value));
  return {
    values: {
      ObjID: code,
      OBJNAME: text(of.cells['name']),
      SmallClass: CLASS,
      OBJSTATE: state,
      DEPTNAME2: of.roles.owner.text ?? of.roles.owner.name,
    },
    shape: at === null ? null : { type: 'Point', coordinates: at },
  };
}

function zipped(rows: WriteRow[]): Uint8Array {
  const folder = mkdtempSync(path.join(tmpdir(), 'gewu-supplement-'));
  try {
    const table = { name: '补测', geometry: 'point' as const, fields: FIELDS, crs: CGCS2000_GK_117E, rows };
    const { files } = writeShapefile(table, path.join(folder, '补测_井盖.shp'), { encoding: 'gbk' });
    return zipSync(Object.fromEntries(files.map((file) => [path.basename(file), readFileSync(file)])));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A planted relation of Beijing 54 to CGCS2000: nobody's real parameters. */
const PLANTED =
  '+proj=tmerc +lat_0=0 +lon_0=117 +k=1 +x_0=500000 +y_0=0 +a=6378245 +rf=298.3 +towgs84=21.4,-139.2,-70.8,0.6,-0.9,1.7,3.1 +units=m +no_defs';

/** Known components in a register whose coordinates stand on an older datum, without a word of it. */
export async function makeOlderRegister(client: Client): Promise<{ name: string; csv: string; rows: number }> {
  const filter = { op: '=', column: 'class_code', value: CLASS } as const;
  const { viewId } = await client.call('component.view', { filter, sort: [{ column: 'code', descending: false }] });
  const { rows } = await client.call('component.rows', { viewId, offset: 0, limit: 40 });
  const known = await Promise.all(rows.map(({ id }) => client.call('component.get', { id })));
  const older = transformer('EPSG:4548', registerDefinition(PLANTED).code);
  const lines = known.flatMap(({ at, cells }) => {
    if (at === null) return [];
    const [x, y] = older(at[0], at[1]);
    return [[cells['code'], cells['name'], x.toFixed(4), y.toFixed(4)].join(',')];
  });
  return { name: '一九五四.csv', csv: ['部件标识码,部件名称,X,Y', ...lines].join('\n'), rows: lines.length };
}

/**
 * A register in a vendor's own form: the state as a number, both coordinates in one field, the class in two. `part` 0 and 1 hold different
 * components of the sample.
 */
export async function makeVendorRegister(client: Client, part: 0 | 1): Promise<{ csv: string; rows: number }> {
  const filter = { op: '=', column: 'class_code', value: CLASS } as const;
  const { viewId } = await client.call('component.view', { filter, sort: [{ column: 'code', descending: false }] });
  const { rows } = await client.call('component.rows', { viewId, offset: part * 12, limit: 12 });
  const known = await Promise.all(rows.map(({ id }) => client.call('component.get', { id })));
  const lines = known.flatMap(({ at, cells }, i) =>
    at === null
      ? []
      : [`${String(cells['code'])},01,001,"${at[0].toFixed(3)} ${at[1].toFixed(3)}",${(i % 2) + 1},乙${i}`],
  );
  return { csv: ['井号,大类,小类,位置串,状况码,内部批注', ...lines].join('\n'), rows: lines.length };
}
