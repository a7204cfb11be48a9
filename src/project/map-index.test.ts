import { describe, expect, it } from 'vitest';
import { inService, type CellValue } from '../model/component.ts';
import { decodeGpkg, encodeGpkg } from '../model/geometry/wkb.ts';
import type { Bbox } from '../model/geometry/types.ts';
import { CLARITY_INDEX, FLAG_FINDING, FLAG_OUTSIDE, FLAG_SHAPE, OUT_OF_SERVICE_INDEX } from '../model/tile.ts';
import { MapIndex } from './map-index.ts';
import { readAreaTile, readPointTile } from '../../tests/read-tile.ts';
import { ColumnCache } from './queries/columns.ts';
import { listClasses } from './queries/classes.ts';
import type { Reader } from './queries/reader.ts';
import { withDistrict } from '../../tests/made-up-district.ts';
import { ViewManager } from './queries/views.ts';
import { ORIGIN, pointBlob, squareBlob, SRS } from './testing.ts';

const by = { command: 'test.edit', person: '李静' };
const x = (metres: number): number => ORIGIN[0] + metres;
const y = (metres: number): number => ORIGIN[1] + metres;
const all: Bbox = [x(-1000), y(-1000), x(2000), y(2000)];
const top = { layer: 'component', z: 0, x: 0, y: 0, viewId: null } as const;
const grids = { ...top, layer: 'unit_grid' } as const;

interface Plain {
  id: number;
  at: [number, number];
  cells: Record<string, CellValue>;
}
function placed(reader: Reader): Plain[] {
  return reader.db
    .prepare<[], { id: number; geom: Uint8Array | null } & Record<string, CellValue | Uint8Array>>(
      'SELECT * FROM component',
    )
    .all()
    .flatMap(({ id, geom, ...cells }) => {
      const shape = geom === null ? null : decodeGpkg(geom).shape;
      return shape?.type === 'Point' ? [{ id, at: shape.coordinates, cells: cells as Record<string, CellValue> }] : [];
    });
}
/** Everything a tile says, in the order of ids. */
function drawn(index: MapIndex) {
  return readPointTile(index.tile(top)).points.sort((a, b) => a.id - b.id);
}

describe('a tile of components', () => {
  it('says of each where it stands and how it looks', () => {
    withDistrict(150, ({ file, reader }) => {
      file.revise(by, (tx) => tx.insert('component_area', { component_id: 11, geom: squareBlob(5, 5, 5) }));
      const index = new MapIndex(reader);
      const classes = listClasses(reader, new ColumnCache('component'));
      const expected = placed(reader).map(({ id, at, cells }) => {
        const known = classes.findIndex((each) => each.scheme === cells['scheme'] && each.code === cells['class_code']);
        const serving = inService(cells['state'] as string | null);
        return {
          id,
          x: expect.closeTo(at[0], 3) as number,
          y: expect.closeTo(at[1], 3) as number,
          classIndex: known < 0 ? 255 : known,
          clarity: serving ? CLARITY_INDEX.findIndex((each) => each === cells['clarity']) : OUT_OF_SERVICE_INDEX,
          flags: (id % 5 === 0 || id % 7 === 0 ? FLAG_FINDING : 0) | (id === 11 ? FLAG_SHAPE : 0),
        };
      });
      expect(drawn(index)).toEqual(expected);
      expect(expected.length).toBeGreaterThan(100);
    });
  });

  it('marks what a view leaves out, whether given as ids or as a filter', () => {
    withDistrict(80, ({ reader }) => {
      const index = new MapIndex(reader);
      const views = new ViewManager();
      const filter = { op: '=', column: 'clarity', value: 'clear' } as const;
      const { viewId } = views.open(reader, 'component', filter, []);
      const outside = (): number[] =>
        readPointTile(index.tile({ ...top, viewId })).points.flatMap((p) =>
          (p.flags & FLAG_OUTSIDE) === 0 ? [] : [p.id],
        );
      expect(outside).toThrow(expect.objectContaining({ code: 'view-gone' }) as Error);
      index.defineView(viewId, views.ids(viewId));
      const byIds = outside();
      expect(new Set(byIds)).toEqual(
        new Set(placed(reader).flatMap((row) => (row.cells['clarity'] === 'clear' ? [] : [row.id]))),
      );
      index.defineView(viewId, filter);
      expect(outside()).toEqual(byIds);
      index.defineView(viewId, null);
      expect(outside()).toEqual([]);
      expect(readAreaTile(index.tile({ ...grids, viewId })).every((area) => (area.flags & FLAG_OUTSIDE) === 0)).toBe(
        true,
      );
      expect(() => index.defineView('nonsense', null)).toThrow(expect.objectContaining({ code: 'view-gone' }) as Error);
    });
  });

  it('is empty in a project without anything', () => {
    withDistrict(0, ({ reader }) => {
      expect(readPointTile(new MapIndex(reader).tile(top))).toEqual({ total: 0, points: [] });
    });
  });
});

describe('a tile of grids', () => {
  it('has the active ones, whole, neighbouring communities shaded apart', () => {
    withDistrict(0, ({ reader }) => {
      const areas = readAreaTile(new MapIndex(reader).tile(grids));
      expect(areas.map((area) => area.id)).toEqual(Array.from({ length: 15 }, (_, i) => i + 1));
      const shade = (id: number): number => (areas.find((area) => area.id === id)?.flags ?? 0) >>> 8;
      expect(shade(1)).toBe(shade(2));
      expect(new Set([shade(3), shade(4), shade(5)]).size).toBe(3);
      const [first] = areas;
      expect(first?.rings[0]).toHaveLength(5);
    });
  });
});

describe('questions of the map', () => {
  it('what lies at a place', () => {
    withDistrict(60, ({ reader }) => {
      const index = new MapIndex(reader);
      const rows = placed(reader);
      const [one] = rows;
      const at: [number, number] = one?.at ?? [0, 0];
      const hits = index.hit({ at: [at[0] + 1, at[1]], tolerance: 40, layers: ['component', 'street'], viewId: null });
      const near = rows
        .map((row) => ({ id: row.id, distance: Math.hypot(row.at[0] - at[0] - 1, row.at[1] - at[1]) }))
        .filter((row) => row.distance <= 40)
        .sort((a, b) => a.distance - b.distance || a.id - b.id);
      expect(hits.flatMap((hit) => (hit.layer === 'component' ? [hit.id] : []))).toEqual(near.map((row) => row.id));
      const corner = index.hit({
        at: [x(100), y(100)],
        tolerance: 0,
        layers: ['unit_grid', 'street', 'community'],
        viewId: null,
      });
      expect(corner.map((hit) => [hit.layer, hit.id])).toEqual([
        ['unit_grid', 1],
        ['unit_grid', 2],
        ['unit_grid', 5],
        ['unit_grid', 6],
        ['street', 1],
        ['community', 1],
        ['community', 2],
      ]);
      index.defineView('unit_grid:1:1', Int32Array.of(2));
      expect(
        index.hit({ at: [x(100), y(100)], tolerance: 0, layers: ['unit_grid'], viewId: 'unit_grid:1:1' }),
      ).toMatchObject([{ id: 2 }]);
    });
  });

  it('what a box holds, and counts of it', () => {
    withDistrict(200, ({ reader }) => {
      const index = new MapIndex(reader);
      index.defineView('component:1:1', { op: '=', column: 'phase', value: '一期' });
      const box: Bbox = [x(0), y(0), x(250), y(300)];
      for (const viewId of [null, 'component:1:1']) {
        const rows = placed(reader).filter(
          ({ at, cells }) =>
            at[0] >= box[0] &&
            at[0] <= box[2] &&
            at[1] >= box[1] &&
            at[1] <= box[3] &&
            (viewId === null || cells['phase'] === '一期'),
        );
        expect(index.inBox({ bbox: box, layer: 'component', viewId, limit: 5 })).toEqual({
          ids: rows.slice(0, 5).map((row) => row.id),
          total: rows.length,
        });
        const counts = index.counts({ bbox: box, viewId });
        expect(counts.total).toBe(rows.length);
        expect(counts.out).toBe(rows.filter((row) => !inService(row.cells['state'] as string | null)).length);
        for (const clarity of CLARITY_INDEX) {
          const own = rows.filter(
            (row) => row.cells['clarity'] === clarity && inService(row.cells['state'] as string | null),
          );
          expect(counts.clarity[clarity]).toBe(own.length);
        }
      }
      expect(index.inBox({ bbox: [x(10), y(10), x(110), y(20)], layer: 'unit_grid', viewId: null, limit: 9 })).toEqual({
        ids: [1, 2],
        total: 2,
      });
    });
  });

  it('features in the order asked, a component by its line where it has one, a retired grid too', () => {
    withDistrict(5, ({ file, reader }) => {
      const line = {
        type: 'MultiLineString' as const,
        coordinates: [
          [
            [x(0), y(0)],
            [x(9), y(9)],
          ] as [number, number][],
        ],
      };
      file.revise(by, (tx) => tx.insert('component_line', { component_id: 2, geom: encodeGpkg(line, SRS) }));
      const index = new MapIndex(reader);
      expect(index.features('component', [4, 2, 77]).map((each) => [each.id, each.shape?.type])).toEqual([
        [4, expect.stringMatching(/Point/u)],
        [2, 'MultiLineString'],
      ]);
      expect(index.features('unit_grid', [16])[0]?.shape?.type).toBe('MultiPolygon');
    });
  });
});

describe('after a change', () => {
  it('shows what an index made anew shows, without being told', () => {
    withDistrict(120, ({ file, reader }) => {
      const index = new MapIndex(reader);
      const check = (): void => {
        const anew = new MapIndex(reader);
        expect(drawn(index)).toEqual(drawn(anew));
        expect(readAreaTile(index.tile(grids))).toEqual(readAreaTile(anew.tile(grids)));
        expect(index.frame()).toEqual(anew.frame());
      };
      check();
      file.revise(by, (tx) => tx.update('component', 3, { geom: pointBlob(11, 12), owner_id: 5 }));
      check();
      expect(index.hit({ at: [x(11), y(12)], tolerance: 0.5, layers: ['component'], viewId: null })).toMatchObject([
        { id: 3, distance: 0 },
      ]);
      file.revise(by, (tx) => {
        tx.insert('component', { code: 'n', geom: pointBlob(1, 1) });
        tx.update('component', 4, { geom: null, state: '移除' });
      });
      check();
      file.revise(by, (tx) => {
        tx.update('unit_grid', 6, { status: 'retired' });
        tx.update('unit_grid', 7, { geom: squareBlob(100, 100, 150) });
      });
      check();
      expect(
        index.hit({ at: [x(150), y(150)], tolerance: 0, layers: ['unit_grid'], viewId: null }).map((hit) => hit.id),
      ).toEqual([7]);
      file.write((db) => db.exec(`UPDATE gewu_finding SET phase = 'fixed'`));
      check();
      file.revise(by, (tx) => tx.update('component', 5, { geom: pointBlob(50_000, 3) }));
      check();
      index.refresh(null);
      check();
      expect(index.counts({ bbox: [x(40_000), y(0), x(60_000), y(5)], viewId: null }).total).toBe(1);
      expect(index.counts({ bbox: all, viewId: null }).total).toBe(placed(reader).length - 1);
    });
  });
});
