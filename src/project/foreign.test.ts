import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { ACTIVE_VIEW } from './schema/layers.ts';
import { dump } from './dump.ts';
import { ANOTHER_PROGRAM } from './foreign.ts';
import { getRevision, revisionChanges } from './history.ts';
import { openProject } from './open.ts';
import type { ProjectFile } from './project-file.ts';
import { gridCode, ORIGIN, pointBlob, squareBlob, TODAY, withProject } from './testing.ts';
import { redoLatest, undoLatest, undoRevision } from './undo.ts';

const by = { command: 'test.edit', person: '李静' };
const open = (path: string): ProjectFile => openProject(path, { mode: 'write', today: TODAY, person: '李静' });

/** Runs a program of GDAL's or Python's; where it is not installed, the test fails saying so. */
function run(program: string, args: string[]): string {
  try {
    return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new Error(`${program} is not installed: apt-get install gdal-bin python3-gdal`, { cause: error });
    throw error;
  }
}
const validate = (path: string): string =>
  run('/usr/bin/python3', ['-m', 'osgeo_utils.samples.validate_gpkg', '-k', '--extra', '--warning-as-error', path]);

function furnish(path: string): string {
  const file = open(path);
  file.revise(by, (tx) => {
    tx.insert('unit_grid', { code: gridCode(1), community_code: '110108001001', geom: squareBlob(0, 0, 100) });
    tx.insert('unit_grid', { code: gridCode(2), community_code: '110108001001', geom: squareBlob(100, 0, 100) });
    tx.insert('unit', { name: '区水务局' });
    tx.insert('component', {
      code: '11010801001000001',
      class_code: '01001',
      geom: pointBlob(50, 50),
      extra: '{"a":"1"}',
    });
    tx.insert('component', { code: '11010801001000002', class_code: '01001', geom: pointBlob(60, 50), owner_id: 1 });
  });
  const all = dump(file.db);
  file.close();
  return all;
}

describe('GDAL', () => {
  it('finds nothing to complain of, and reads every layer', () => {
    withProject((path) => {
      expect(validate(path)).toBe('');
      furnish(path);
      expect(validate(path)).toBe('');
      const layers = run('ogrinfo', ['-q', path]);
      for (const name of ['component (Point)', 'unit_grid (Multi Polygon)', ACTIVE_VIEW, 'unit (None)'])
        expect(layers).toContain(name);
      const grids = run('ogrinfo', ['-ro', '-so', path, ACTIVE_VIEW]);
      expect(grids).toContain('Feature Count: 2');
      expect(grids).toContain('CGCS2000 / 3-degree Gauss-Kruger CM 117E');
    });
  });

  it('edits are noticed on the next open, become one revision, and can be undone', () => {
    withProject((path) => {
      const before = furnish(path);
      run('ogrinfo', ['-q', path, '-sql', `UPDATE component SET name = '另名', owner_id = 1 WHERE id = 1`]);
      const file = open(path);
      const foreign = file.info().foreign;
      expect(foreign).toMatchObject({ revision: 2, rows: 1, beyond: [] });
      expect(getRevision(file.db, 2)).toMatchObject({ command: 'foreign', person: ANOTHER_PROGRAM, rows: 1 });
      expect(revisionChanges(file.db, 2, 10).changes).toEqual([
        { layer: 'component', id: 1, column: 'name', was: null, now: '另名' },
        { layer: 'component', id: 1, column: 'owner_id', was: null, now: 1 },
      ]);
      expect(file.db.prepare(`SELECT clarity FROM component WHERE id = 1`).pluck().get()).toBe('partial');
      const after = dump(file.db);
      undoLatest(file, { person: '李静' });
      expect(dump(file.db)).toBe(before);
      redoLatest(file, { person: '李静' });
      expect(dump(file.db)).toBe(after);
      file.close();
      expect(validate(path)).toBe('');
    });
  });

  it('ogr2ogr -update appends and moves features, and derived columns follow', () => {
    withProject((path, folder) => {
      const before = furnish(path);
      const geojson = join(folder, 'more.geojson');
      const feature = (code: string, x: number) => ({
        type: 'Feature',
        properties: { code, class_code: '01001' },
        geometry: { type: 'Point', coordinates: [ORIGIN[0] + x, ORIGIN[1] + 50] },
      });
      writeFileSync(
        geojson,
        JSON.stringify({ type: 'FeatureCollection', features: [feature('x1', 20), feature('x2', 120)] }),
      );
      run('ogr2ogr', ['-update', '-append', '-a_srs', 'EPSG:4548', path, geojson, '-nln', 'component']);
      run('ogrinfo', ['-q', path, '-sql', `DELETE FROM component WHERE id = 2`]);
      const file = open(path);
      expect(file.info().readOnly).toBeNull();
      expect(file.info().foreign).toMatchObject({ rows: 3, beyond: [] });
      const grids = file.db.prepare(`SELECT code, grid_id FROM component ORDER BY id`).all();
      expect(grids).toEqual([
        { code: '11010801001000001', grid_id: 1 },
        { code: 'x1', grid_id: 1 },
        { code: 'x2', grid_id: 2 },
      ]);
      undoRevision(file, 2, { person: '李静' });
      expect(dump(file.db)).toBe(before);
      file.close();
    });
  });

  it('may add a layer of its own', () => {
    withProject((path, folder) => {
      furnish(path);
      const csv = join(folder, 'guest.csv');
      writeFileSync(csv, 'name,wkt\nx,POINT (1 2)\n');
      run('ogr2ogr', ['-update', path, csv, '-nln', 'guest', '-oo', 'GEOM_POSSIBLE_NAMES=wkt', '-a_srs', 'EPSG:4548']);
      const file = open(path);
      expect(file.info().readOnly).toBeNull();
      expect(file.info().foreign).toBeNull();
      file.close();
    });
  });
});

describe('plain SQLite', () => {
  it('is noted without any function, also where triggers may call none', () => {
    withProject((path) => {
      const before = furnish(path);
      const script = [
        'import sqlite3, sys',
        'db = sqlite3.connect(sys.argv[1])',
        'db.execute("PRAGMA trusted_schema=OFF")',
        `db.execute("UPDATE unit SET contact='n', valid_from='2020-01-01' WHERE id=1")`,
        `db.execute("INSERT INTO allocation_rule (distance, basis) VALUES (0.1, 'x')")`,
        `db.execute("DELETE FROM component_class WHERE id=2")`,
        `db.execute("INSERT OR REPLACE INTO unit (id, name) VALUES (1, 'other')")`,
        `db.execute("UPDATE unit SET id = 9 WHERE id = 1")`,
        'db.commit()',
      ].join('\n');
      run('/usr/bin/python3', ['-c', script, path]);
      const file = open(path);
      expect(file.info().foreign).toMatchObject({ revision: 2, rows: 4, beyond: [] });
      undoRevision(file, 2, { person: '李静' });
      expect(dump(file.db)).toBe(before);
      file.close();
    });
  });

  it('that switched the notes off is found by digest, and restored triggers by a fresh index', () => {
    withProject((path) => {
      furnish(path);
      const db = new Database(path);
      db.exec(`DROP TRIGGER gewu_note_unit_update; DROP TRIGGER rtree_component_geom_insert`);
      db.exec(`UPDATE unit SET valid_to = '2020-01-01'`);
      db.exec(`DELETE FROM rtree_component_geom WHERE id = 1`);
      db.close();
      const file = open(path);
      expect(file.info().foreign).toEqual({
        revision: null,
        rows: 0,
        beyond: [{ table: 'unit', rowsWas: 1, rowsNow: 1 }],
      });
      expect(file.db.prepare(`SELECT clarity FROM component WHERE id = 2`).pluck().get()).toBe('unclear');
      expect(file.db.prepare(`SELECT count(*) FROM rtree_component_geom`).pluck().get()).toBe(2);
      file.close();
      const again = open(path);
      expect(again.info().foreign).toBeNull();
      again.close();
      expect(validate(path)).toBe('');
    });
  });

  it('that only touched what is not ours is nothing to tell', () => {
    withProject((path) => {
      furnish(path);
      const db = new Database(path);
      db.exec(`UPDATE layer_styles SET description = 'mine'`);
      db.close();
      const file = open(path);
      expect(file.info().foreign).toBeNull();
      file.close();
    });
  });
});
