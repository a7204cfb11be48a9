import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { medianOf } from './bench.ts';
import { gewu, sampleFile, timed } from './page/cached-file.ts';

const SAMPLE = 14_208;
const ROUNDS = 3;
/** Must be there within this time. */
const SAMPLE_MOST_S = 20;

/** The command line: making the sample district, checking it, and exports beside the same by ogr2ogr. */
export async function run(print: (line: string) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'gewu-bench-cli-'));
  try {
    print('\nThe command line; seconds from start to end of the process');
    const made = (await gewu(['sample', join(folder, 'sample.gpkg'), '--by', 'bench', '--force'])) / 1000;
    print(row('gewu sample, 14,208 components', made, made <= SAMPLE_MOST_S ? `PASS (${SAMPLE_MOST_S} s)` : 'FAIL'));
    const project = await sampleFile(SAMPLE);
    print(row('gewu check', (await median(() => gewu(['check', project, '--json']))) / 1000, ''));
    for (const one of EXPORTS) await exportBeside(print, project, folder, one);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Export {
  layer: string;
  table: string;
  format: string;
  ending: string;
  driver: string;
  options: string[];
}

const EXPORTS: Export[] = [
  { layer: 'component', table: 'component', format: 'geojson', ending: 'geojson', driver: 'GeoJSON', options: [] },
  { layer: 'unit_grid', table: 'unit_grid', format: 'gpkg', ending: 'gpkg', driver: 'GPKG', options: [] },
  {
    layer: 'component',
    table: 'component',
    format: 'shapefile',
    ending: 'zip',
    driver: 'ESRI Shapefile',
    options: ['-lco', 'ENCODING=GBK'],
  },
];

/** What ogr2ogr writes is the bare table: it joins no unit's name and checks no length, so a ratio above 1 is to be expected. */
async function exportBeside(
  print: (line: string) => void,
  project: string,
  folder: string,
  { layer, table, format, ending, driver, options }: Export,
): Promise<void> {
  let turn = 0;
  const target = (who: 'gewu' | 'ogr'): string => {
    turn += 1;
    const place = join(folder, `${who}-${format}-${turn}`);
    mkdirSync(place);
    return join(place, `${layer}.${who === 'ogr' && ending === 'zip' ? 'shp' : ending}`);
  };
  const peer = await median(() =>
    timed('ogr2ogr', ['-f', driver, ...options, target('ogr'), project, table], 'ignore'),
  );
  const own = await median(() =>
    gewu(['export', project, '--layer', layer, '--format', format, '--out', target('gewu')]),
  );
  print(row(`peer: ogr2ogr, ${layer} to ${format}`, peer / 1000, ''));
  print(row(`gewu export, ${layer} to ${format}`, own / 1000, `${(own / peer).toFixed(2)} × peer`));
}

async function median(once: () => Promise<number>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < ROUNDS; i++) times.push(await once());
  return medianOf(times);
}

function row(name: string, seconds: number, note: string): string {
  return `  ${name.padEnd(46)} ${seconds.toFixed(2).padStart(8)}  ${note}`;
}
