import { copyFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { systemPython } from '../../tools/machine/machine.ts';
import { dumpOf, foreign, gewuJson, python, scratch } from './tools.ts';

/** What other people's programs make of our files. One sample project for all; the grids are always all 8,562. */
const folder = scratch('strangers');
const project = path.join(folder, 'sample.gpkg');
const COMPONENTS = 1500;

interface Group {
  key: string | null;
  components: number;
  inService: number;
  clear: number;
}
interface Stats extends Omit<Group, 'key'> {
  clarityRate: number;
  grids: number;
  streets: number;
  communities: number;
  districtAreaM2: number;
  groups: Group[];
}
interface SampleSaid {
  components: number;
  deliveries: { rows: number; rejectedTotal: number; piles: { unclear: number; new: number } }[];
}
/** Rows by their first cell. */
const keyed = (rows: readonly (readonly unknown[])[]) =>
  Object.fromEntries(rows.map(([key, ...rest]) => [String(key), rest]));

let sample: SampleSaid;
let stats: Stats;

beforeAll(async () => {
  sample = await gewuJson<SampleSaid>(folder, ['sample', project, '--components', `${COMPONENTS}`]);
  stats = await gewuJson<Stats>(folder, ['stats', project, '--by', 'street']);
});

describe('the file at rest', () => {
  it('is one file, with every component in it or in a pile', () => {
    expect(readdirSync(folder).filter((name) => name.startsWith('sample'))).toEqual(['sample.gpkg']);
    const unclear = sample.deliveries.reduce((sum, { piles }) => sum + piles.unclear, 0);
    expect(sample.components + unclear).toBe(COMPONENTS);
    expect(stats.components).toBe(sample.components);
  });

  it('is a valid GeoPackage', () => {
    const check = ['-m', 'osgeo_utils.samples.validate_gpkg', '-k', '--extra', '--warning-as-error', project];
    expect(foreign(systemPython, check)).toBe('');
  });

  it('is read by GDAL layer by layer, views and tables too', () => {
    const said = foreign('ogrinfo', ['-ro', '-al', '-so', project]);
    expect(said).not.toMatch(/ERROR|Warning/u);
    const counts = Object.fromEntries(
      [...said.matchAll(/Layer name: (\S+)[\s\S]*?Feature Count: (\d+)/gu)].map(([, name, n]) => [name, Number(n)]),
    );
    expect(counts).toMatchObject({
      component: stats.components,
      unit_grid: 8562,
      unit_grid_active: 8562,
      street: 28,
      community: stats.communities,
      component_class: expect.any(Number),
    });
    expect(Object.keys(counts).length).toBeGreaterThan(12);
  });

  it('tiles the district: valid, no gap, no overlap, 430.8 km²', () => {
    const said = python(
      `import json, sys
from osgeo import ogr
ogr.UseExceptions()
from shapely import wkb
from shapely.ops import unary_union
ds = ogr.Open(sys.argv[1])
read = lambda name: [wkb.loads(bytes(f.GetGeometryRef().ExportToWkb())) for f in ds.GetLayerByName(name)]
grids = read('unit_grid_active'); streets = read('street')
whole = unary_union(grids); around = unary_union(streets)
print(json.dumps({'invalid': sum(not g.is_valid for g in grids + streets), 'sum': sum(g.area for g in grids), 'union': whole.area,
  'beside': whole.symmetric_difference(around).area, 'holes': sum(len(p.interiors) for p in getattr(whole, 'geoms', [whole]))}))`,
      project,
    ) as { invalid: number; sum: number; union: number; beside: number; holes: number };
    expect(said).toMatchObject({ invalid: 0, holes: 0 });
    expect(Math.abs(said.sum - said.union)).toBeLessThan(0.01);
    expect(said.beside).toBeLessThan(0.01);
    expect(Math.abs(said.union / 430_800_000 - 1)).toBeLessThan(0.0005);
    expect(Math.abs(stats.districtAreaM2 - said.union)).toBeLessThan(1);
  });

  it('has the clarity that its columns alone decide', () => {
    const said = python(
      `import json, sqlite3, sys, datetime
db = sqlite3.connect('file:' + sys.argv[1] + '?mode=ro', uri=True)
day = db.execute("SELECT value FROM gewu_meta WHERE key = 'clarity_on'").fetchone()[0]
valid = {i for i, f, t in db.execute('SELECT id, valid_from, valid_to FROM unit') if (f is None or f <= day) and (t is None or t >= day)}
own = {(s, c) for s, c, o in db.execute('SELECT scheme, code, ownerless FROM component_class') if o}
groups, wrong = {}, 0
for conf, a, b, c, d, s, k, state, street, stored in db.execute('SELECT confirmation, supervisor_id, owner_id, maintainer_id, responsible_id, scheme, class_code, state, street_code, clarity FROM component'):
    ids = [a, b, c, d]
    if conf == 'disputed': v = 'disputed'
    elif conf == 'confirmed' and all(i in valid for i in ids) and (s, k) not in own: v = 'clear'
    elif not any(i in valid for i in ids) or conf == 'ownerless': v = 'unclear'
    else: v = 'partial'
    wrong += v != stored
    served = state not in ('移除', '废弃')
    g = groups.setdefault(street, [0, 0, 0]); g[0] += 1; g[1] += served; g[2] += served and v == 'clear'
print(json.dumps({'wrong': wrong, 'groups': [[k, *v] for k, v in groups.items()]}))`,
      project,
    ) as { wrong: number; groups: [string | null, number, number, number][] };
    expect(said.wrong).toBe(0);
    const sum = (at: 1 | 2 | 3) => said.groups.reduce((total, group) => total + group[at], 0);
    expect([stats.components, stats.inService, stats.clear]).toEqual([sum(1), sum(2), sum(3)]);
    expect(stats.clarityRate).toBeCloseTo(sum(3) / sum(2), 12);
    const ours = stats.groups
      .filter(({ components }) => components > 0)
      .map((g) => [g.key, g.components, g.inService, g.clear]);
    expect(keyed(ours)).toEqual(keyed(said.groups));
  });
});

describe('an edit by another program', () => {
  interface History {
    revisions: { id: number; person: string; command: string; rows: number }[];
  }
  it('is noticed on the next opening, one revision, and can be taken back', async () => {
    const edited = path.join(folder, 'edited.gpkg');
    copyFileSync(project, edited);
    const before = dumpOf(edited);
    const revisions = (await gewuJson<History>(folder, ['history', edited])).revisions.length;
    foreign('ogrinfo', ['-q', edited, '-update', '-sql', `UPDATE component SET note = '外部修改' WHERE id <= 3`]);
    const added = path.join(folder, 'added.gpkg');
    foreign('ogr2ogr', [
      '-f',
      'GPKG',
      added,
      edited,
      'component',
      '-where',
      'id = 4',
      '-nln',
      'component',
      '-unsetFid',
    ]);
    foreign('ogr2ogr', ['-update', '-append', edited, added, 'component', '-nln', 'component', '-unsetFid']);

    const history = await gewuJson<History>(folder, ['history', edited]);
    expect(history.revisions).toHaveLength(revisions + 1);
    const [latest] = history.revisions;
    expect(latest).toMatchObject({ rows: 4 });
    expect(latest?.person).not.toBe('');
    const after = await gewuJson<Stats>(folder, ['stats', edited]);
    expect(after.components).toBe(stats.components + 1);

    const undone = await gewuJson<{ undoOf: number; clashes: unknown[] }>(folder, ['undo', edited]);
    expect(undone).toMatchObject({ undoOf: latest?.id, clashes: [] });
    expect(dumpOf(edited)).toBe(before);
  });
});

describe('what is handed out', () => {
  const out = (name: string) => path.join(folder, name);
  const EXPORTS = [
    ['shapefile', 'gbk.zip', '--encoding', 'gbk'],
    ['shapefile', 'utf8.shp', '--encoding', 'utf-8'],
    ['gpkg', 'out.gpkg'],
    ['geojson', 'out.geojson'],
    ['csv', 'out.csv'],
    ['xlsx', 'out.xlsx'],
  ] as const;

  it('is read again by GDAL and openpyxl: every row, codes as text, every character', async () => {
    for (const [format, name, ...options] of EXPORTS) {
      const done = await gewuJson<{ rows: number }>(folder, [
        'export',
        project,
        '--layer',
        'component',
        '--format',
        format,
        '--out',
        out(name),
        ...options,
      ]);
      expect({ name, rows: done.rows }).toEqual({ name, rows: stats.components });
    }
    // Per file: rows, component codes as text, and names; sheets come through openpyxl, with the type of each code cell.
    const said = python(
      `import json, sqlite3, sys
from osgeo import ogr, gdal
ogr.UseExceptions()
import openpyxl
db = sqlite3.connect('file:' + sys.argv[1] + '?mode=ro', uri=True)
truth = sorted((c or '', n or '') for c, n in db.execute('SELECT code, name FROM component'))
codes = {c for c, n in truth if c}; names = {n for c, n in truth if n}
res = {}
def judge(rows):
    flat = [set(map(str, r)) for r in rows]
    have = set().union(*flat)
    return {'rows': len(rows), 'codes': len(codes - have), 'names': len(names - have), 'broken': sum('\\ufffd' in v for v in have)}
for path in sys.argv[2:-1]:
    ds = gdal.OpenEx(('/vsizip/' if path.endswith('.zip') else '') + path, gdal.OF_VECTOR)
    layer = next(ds.GetLayer(i) for i in range(ds.GetLayerCount()) if ds.GetLayer(i).GetFeatureCount() > 0 and 'line' not in ds.GetLayer(i).GetName() and 'area' not in ds.GetLayer(i).GetName())
    d = layer.GetLayerDefn()
    texts = [i for i in range(d.GetFieldCount()) if d.GetFieldDefn(i).GetType() == ogr.OFTString]
    res[path.split('/')[-1]] = judge([[f.GetField(i) for i in texts if f.IsFieldSetAndNotNull(i)] for f in layer])
sheet = openpyxl.load_workbook(sys.argv[-1]).worksheets[0]
rows = [r for r in sheet.iter_rows()]
head = next(i for i, r in enumerate(rows) if sum(c.value is not None for c in r) > 5)
body = [[c.value for c in r if c.data_type == 's'] for r in rows[head + 1:] if any(c.value is not None for c in r)]
res['out.xlsx'] = judge(body)
print(json.dumps(res))`,
      project,
      ...EXPORTS.map(([, name]) => out(name)),
    ) as Record<string, object>;
    const whole = { rows: stats.components, codes: 0, names: 0, broken: 0 };
    expect(said).toEqual(Object.fromEntries(EXPORTS.map(([, name]) => [name, whole])));
  });

  it('the workbook has the totals of the file', async () => {
    await gewuJson(folder, ['report', project, 'base-data', '--out', out('base.xlsx')]);
    const rows = python(
      `import json, openpyxl, sys
w = openpyxl.load_workbook(sys.argv[1])
print(json.dumps({s.title: [[c if isinstance(c, (int, float, str)) or c is None else str(c) for c in r] for r in s.iter_rows(values_only=True)] for s in w.worksheets}))`,
      out('base.xlsx'),
    ) as Record<string, (string | number | null)[][]>;
    const sheets = Object.values(rows);
    const total = sheets.flat().find(([name]) => String(name).startsWith('全部'));
    expect(total?.slice(1, 4)).toEqual([stats.components, stats.inService, stats.clear]);
    const streets = sheets.flat().filter(([code]) => /^110108\d{3}$/u.test(String(code)));
    const wanted = stats.groups.filter(({ key }) => key !== null && /^\d{9}$/u.test(key));
    expect(keyed(streets.map(([code, , n, served, clear]) => [code, n, served, clear]))).toEqual(
      keyed(wanted.map(({ key, components, inService, clear }) => [key, components, inService, clear])),
    );
    expect(streets).toHaveLength(28);
    expect(sheets.flat().filter(([code]) => /^110108\d{9}$/u.test(String(code)))).toHaveLength(8562);
  });
});
