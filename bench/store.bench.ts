import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Filter } from '../src/model/filter.ts';
import { tileSize } from '../src/model/tile.ts';
import { MapIndex } from '../src/project/map-index.ts';
import { componentFacets } from '../src/project/queries/facets.ts';
import { rowsById } from '../src/project/queries/rows.ts';
import { ViewManager } from '../src/project/queries/views.ts';
import type { Bench } from './bench.ts';
import { districtFile } from './district-file.ts';
import { geoJsonInBox, offsetPage, sqlFacet, type Database } from './plain-sql.ts';

/** Components of the file measured on; GEWU_BENCH_COMPONENTS asks for another number. */
const COMPONENTS = Number(process.env['GEWU_BENCH_COMPONENTS'] ?? 300_000);
const PAGE = 100;
const FACETS = ['class_code', 'street_code', 'clarity', 'confirmation', 'state', 'phase', 'owner_id', 'responsible_id'];

/** Table and map against what one writes first: LIMIT and OFFSET, GROUP BY for each facet, features of a box as GeoJSON text. */
export function prepare(): Bench[] {
  const folder = mkdtempSync(join(tmpdir(), 'gewu-bench-'));
  const { db, today, close } = districtFile(join(folder, 'bench.gpkg'), COMPONENTS);
  const finish = (): void => {
    close();
    rmSync(folder, { recursive: true, force: true });
  };
  const benches = [...tableBenches(db, today), ...mapBenches(db, today)];
  return benches.map((bench, i) => (i === benches.length - 1 ? { ...bench, finish } : bench));
}

function tableBenches(db: Database, today: string): Bench[] {
  const reader = { db, today };
  const views = new ViewManager();
  const sort = [{ column: 'owner_name', descending: false }];
  let step = 0;
  const offset = (): number => {
    step = (step + 7919) % 97;
    return Math.floor((step / 97) * (COMPONENTS - PAGE));
  };
  const filter: Filter = { op: 'in', column: 'clarity', values: ['partial', 'unclear'] };
  const { viewId } = views.open(reader, 'component', null, sort);
  return [
    {
      name: `A page of ${PAGE} rows anywhere among ${COMPONENTS}, by the owner's name`,
      rounds: 15,
      ways: {
        'view kept in memory, rows by id': () => rowsById(db, 'component', views.page(viewId, offset(), PAGE)),
        'plain: ORDER BY, LIMIT, OFFSET': () => offsetPage(db, offset(), PAGE),
      },
    },
    {
      name: `Counts of ${FACETS.length} facets under a filter`,
      rounds: 7,
      ways: {
        'columns in memory': () => componentFacets(reader, views.columns.component, filter, FACETS),
        'plain: GROUP BY for each': () => FACETS.map((column) => sqlFacet(db, column)),
      },
    },
  ];
}

function mapBenches(db: Database, today: string): Bench[] {
  const index = new MapIndex({ db, today });
  const { origin, size } = index.frame();
  const ways = (z: number): Record<string, () => unknown> => {
    // The tile in the middle of the data, which fill at least the middle half of the frame.
    const at = Math.floor(2 ** z / 2);
    const side = tileSize(size, z);
    const [left, top] = [origin[0] + at * side, origin[1] - at * side];
    return {
      'index in memory, bytes': () => index.tile({ layer: 'component', z, x: at, y: at, viewId: null }),
      'plain: R-tree, GeoJSON text': () => geoJsonInBox(db, [left, top - side, left + side, top]),
    };
  };
  return [2, 4, 7].map((z) => ({
    name: `A tile of components at level ${z} (${Math.round(tileSize(size, z))} m)`,
    rounds: 7,
    ways: ways(z),
  }));
}
