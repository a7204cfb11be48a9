import { describe, expect, it } from 'vitest';
import type { CellValue } from '../../model/component.ts';
import { encodeGpkg } from '../../model/geometry/wkb.ts';
import { COMPONENT_COLUMNS } from '../../model/component.ts';
import { gridCode, ORIGIN, pointBlob, SCHEME, SRS } from '../testing.ts';
import { listClasses } from './classes.ts';
import { ColumnCache } from './columns.ts';
import { componentDetail, mixedCells } from './detail.ts';
import { findingCounts, getFinding, listFindings, openWithin } from './findings.ts';
import { gridByCode, gridDetail, gridNetwork } from './grids.ts';
import { districtOutline } from './outline.ts';
import { placeOf } from './place.ts';
import type { Reader } from './reader.ts';
import { rowsById } from './rows.ts';
import { OTHER_SCHEME, withDistrict } from '../../../tests/made-up-district.ts';
import { listUnits } from './units.ts';

const by = { command: 'test.edit', person: '李静' };
const x = (metres: number): number => ORIGIN[0] + metres;
const y = (metres: number): number => ORIGIN[1] + metres;
const pluck = (reader: Reader, sql: string, ...params: CellValue[]): unknown =>
  reader.db
    .prepare<CellValue[]>(sql)
    .pluck()
    .get(...params);

describe('rows', () => {
  it('come in the order asked, with names for ids and the heaviest open finding', () => {
    withDistrict(40, ({ reader }) => {
      const rows = rowsById(reader.db, 'component', [35, 7, 5, 3, 999, 1]);
      expect(rows.map((row) => [row.id, row.severity])).toEqual([
        [35, 'error'],
        [7, 'error'],
        [5, 'warning'],
        [3, null],
        [1, null],
      ]);
      for (const { cells, names } of rows) {
        expect(Object.keys(cells)).toEqual(COMPONENT_COLUMNS.map((column) => column.name));
        expect(names['owner_name'] ?? null).toBe(
          pluck(reader, 'SELECT name FROM unit WHERE id = ?', cells['owner_id'] ?? null) ?? null,
        );
        expect(names['grid_code'] ?? null).toBe(
          pluck(reader, 'SELECT code FROM unit_grid WHERE id = ?', cells['grid_id'] ?? null) ?? null,
        );
      }
    });
  });

  it('of grids tell how many components stand there', () => {
    withDistrict(60, ({ reader }) => {
      const [row] = rowsById(reader.db, 'unit_grid', [6]);
      expect(row?.names['components']).toBe(String(pluck(reader, 'SELECT count(*) FROM component WHERE grid_id = 6')));
      expect(row?.names['community_name']).toBe('社区2');
    });
  });
});

describe('one component', () => {
  it('is told whole', () => {
    withDistrict(30, ({ file, reader }) => {
      const line = {
        type: 'MultiLineString' as const,
        coordinates: [
          [
            [x(0), y(0)],
            [x(30), y(40)],
          ] as [number, number][],
        ],
      };
      file.revise(by, (tx) => {
        tx.update('component', 21, {
          extra: '{"OBJTYPE":"A","n":1.50}',
          owner_id: 5,
          owner_text: '阿里',
          owner_code_text: '007',
        });
        tx.insert('component_line', { component_id: 21, geom: encodeGpkg(line, SRS) });
        tx.insert('component', { code: 'next', replaces_id: 21 });
      });
      const detail = componentDetail(reader, 21);
      expect(detail).toMatchObject({
        id: 21,
        severity: 'error',
        shape: line,
        extra: { OBJTYPE: 'A', n: '1.5' },
        replacedBy: { id: 31, code: 'next' },
        revisions: 2,
      });
      expect(detail.roles.owner).toEqual({ id: 5, name: '阿里公司', valid: false, text: '阿里', codeText: '007' });
      expect(detail.findings.map((finding) => [finding.rule, finding.phase])).toEqual([
        ['date-impossible', 'open'],
        ['near-duplicate', 'fixed'],
      ]);
      expect(() => componentDetail(reader, 999)).toThrow(expect.objectContaining({ code: 'not-found' }) as Error);
    });
  });

  it('shows text in `extra` that is no JSON object as it is', () => {
    withDistrict(3, ({ file, reader }) => {
      for (const extra of ['not json', '[1]']) {
        file.revise(by, (tx) => tx.update('component', 1, { extra }));
        expect(componentDetail(reader, 1).extra).toEqual({ '': extra });
      }
    });
  });
});

describe('many components at once', () => {
  it('agree or differ column by column, blank with blank', () => {
    withDistrict(300, ({ file, reader }) => {
      const ids = Array.from({ length: 260 }, (_, i) => i + 1);
      file.revise(by, (tx) => {
        for (const id of ids)
          tx.update('component', id, {
            material: '铸铁',
            note: id % 2 === 0 ? '' : null,
            owner_id: 4,
            surveyor: id === 250 ? 'B' : 'A',
          });
      });
      const mixed = mixedCells(reader, [...ids, 9999]);
      expect(mixed.count).toBe(260);
      expect(mixed.columns['material']).toEqual({ value: '铸铁', name: null, mixed: false });
      expect(mixed.columns['note']).toEqual({ value: null, name: null, mixed: false });
      expect(mixed.columns['owner_id']).toEqual({ value: 4, name: '中关村公司', mixed: false });
      expect(mixed.columns['code']).toEqual({ value: null, name: null, mixed: true });
      // Differs only in the second turn of rows.
      expect(mixed.columns['surveyor']).toEqual({ value: null, name: null, mixed: true });
      for (const { name } of COMPONENT_COLUMNS) {
        const values = new Set(
          reader.db.prepare<[], CellValue>(`SELECT nullif("${name}", '') FROM component WHERE id <= 260`).pluck().all(),
        );
        expect(mixed.columns[name]?.mixed).toBe(values.size > 1);
      }
    });
  });
});

describe('a place', () => {
  it('gives grid, street, community and the next code of the class', () => {
    withDistrict(40, ({ reader }) => {
      const last = pluck(reader, `SELECT max(code) FROM component WHERE class_code = '02001'`) as string;
      expect(placeOf(reader, [x(50), y(50)], '02001')).toEqual({
        gridId: 1,
        gridCode: gridCode(1),
        streetName: '万寿路街道',
        communityName: '社区0',
        nextCode: String(BigInt(last) + 1n),
      });
      expect(placeOf(reader, [x(100), y(20)], null)).toMatchObject({ gridId: 1, nextCode: null });
      expect(placeOf(reader, [x(500), y(50)], 'x')).toEqual({
        gridId: null,
        gridCode: null,
        streetName: '永定路街道',
        communityName: null,
        nextCode: null,
      });
    });
  });
});

describe('unit grids', () => {
  it('one grid: its numbers and who it borders on, corners not counted', () => {
    withDistrict(100, ({ reader }) => {
      const detail = gridDetail(reader, 6);
      expect(detail.neighbours.map((grid) => grid.id).sort((a, b) => a - b)).toEqual([2, 5, 7, 10]);
      expect(
        gridDetail(reader, 12)
          .neighbours.map((grid) => grid.id)
          .sort((a, b) => a - b),
      ).toEqual([8, 11]);
      expect(detail.components).toBe(pluck(reader, 'SELECT count(*) FROM component WHERE grid_id = 6'));
      expect(detail.inService).toBeLessThanOrEqual(detail.components);
      expect(gridByCode(reader, gridCode(2))).toEqual({ id: 2, code: gridCode(2), status: 'active' });
      expect(gridByCode(reader, 'none')).toBeNull();
    });
  });

  it('a network: the faces in the box, all their neighbours, and what stands in them', () => {
    withDistrict(100, ({ reader }) => {
      const network = gridNetwork(reader, [x(20), y(20), x(60), y(60)]);
      expect(network.complete).toEqual([1]);
      expect(network.faces.map((face) => face.id).sort((a, b) => a - b)).toEqual([1, 2, 5, 6]);
      expect(network.components).toHaveLength(
        Number(pluck(reader, 'SELECT count(*) FROM component WHERE grid_id = 1')),
      );
      expect(network.faces.find((face) => face.id === 1)?.rings[0]?.[0]).toContainEqual([x(100), y(100)]);
      expect(gridNetwork(reader, [0, 0, 1, 1])).toEqual({ faces: [], complete: [], components: [] });
    });
  });
});

describe('registries and outline', () => {
  it('units: found by name, alias or code, counted once a component', () => {
    withDistrict(80, ({ reader }) => {
      const { units, total } = listUnits(reader, new ColumnCache('component'), { limit: 3 });
      expect(total).toBe(6);
      expect(units.map((unit) => unit.name)).toEqual(['阿里公司', '安宁环卫所', '北京水务局']);
      const found = listUnits(reader, new ColumnCache('component'), { text: '绿化 队', limit: 10 });
      expect(found.units).toMatchObject([{ id: 1, name: '朝阳园林队', aliases: ['朝阳绿化队'], valid: true }]);
      expect(found.units[0]?.components).toBe(
        pluck(
          reader,
          'SELECT count(*) FROM component WHERE 1 IN (supervisor_id, owner_id, maintainer_id, responsible_id)',
        ),
      );
      expect(listUnits(reader, new ColumnCache('component'), { text: 'u4', limit: 10 }).units).toMatchObject([
        { id: 5, valid: false },
      ]);
    });
  });

  it('classes: the scheme of the project first, each with its components', () => {
    withDistrict(80, ({ reader }) => {
      const classes = listClasses(reader, new ColumnCache('component'));
      expect(classes.map((each) => [each.scheme, each.code, each.ownerless])).toEqual([
        [SCHEME, '01001', false],
        [SCHEME, '01099', true],
        [SCHEME, '02001', false],
        [OTHER_SCHEME, '0101', false],
      ]);
      expect(classes[3]?.components).toBe(pluck(reader, `SELECT count(*) FROM component WHERE class_code = '0101'`));
    });
  });

  it('outline: streets whole, communities by label', () => {
    withDistrict(0, ({ reader }) => {
      const outline = districtOutline(reader);
      expect(outline.streets.map((street) => [street.code, street.label])).toEqual([
        ['110108001', [x(200), y(200)]],
        ['110108002', [x(600), y(200)]],
      ]);
      expect(outline.communities[2]).toMatchObject({
        name: '社区2',
        streetCode: '110108002',
        bbox: [x(200), y(0), x(300), y(100)],
      });
      expect(outline.extent).toEqual([x(0), y(0), x(800), y(400)]);
    });
  });
});

describe('findings', () => {
  it('are listed heaviest first, by rule, phase and feature', () => {
    withDistrict(42, ({ reader }) => {
      const page = listFindings(reader, { phase: 'open', offset: 0, limit: 100 });
      expect(page.total).toBe(8 + 6);
      expect(page.findings.map((finding) => finding.severity)).toEqual([
        ...Array<string>(6).fill('error'),
        ...Array<string>(8).fill('warning'),
      ]);
      expect(listFindings(reader, { rule: 'unit-unknown', offset: 7, limit: 5 })).toMatchObject({
        total: 8,
        findings: [{ features: [{ id: 40 }] }],
      });
      expect(listFindings(reader, { feature: { layer: 'component', id: 21 }, offset: 0, limit: 9 }).total).toBe(2);
      expect(findingCounts(reader).get('near-duplicate')).toEqual({ open: 0, fixed: 14, excused: 0, verified: 0 });
      const [first] = page.findings;
      expect(getFinding(reader, first?.id ?? 0)).toEqual(first);
      expect(first).toMatchObject({ at: [1, 2], data: { value: 'x' }, exception: null });
      expect(() => getFinding(reader, 9999)).toThrow(expect.objectContaining({ code: 'not-found' }) as Error);
    });
  });

  it('can be those on the components of a filter alone', () => {
    withDistrict(42, ({ reader }) => {
      const filter = { op: '=', column: 'id', value: 21 } as const;
      const here = listFindings(reader, { filter, offset: 0, limit: 100 });
      expect(here.total).toBe(2);
      expect(here.findings.every((one) => one.features.some(({ id }) => id === 21))).toBe(true);
      const open = here.findings.filter((one) => one.phase === 'open');
      expect([...openWithin(reader, filter).values()].reduce((sum, n) => sum + n, 0)).toBe(open.length);
      expect(openWithin(reader, { op: 'ids', ids: [] }).size).toBe(0);
    });
  });

  it('carry their exception', () => {
    withDistrict(5, ({ file, reader }) => {
      file.revise(by, (tx) => {
        tx.insert('gewu_exception', {
          rule: 'unit-unknown',
          features: '[]',
          reason: '协议',
          until: '2027-01-01',
          person: '王',
          at: '2026-11-02',
        });
      });
      file.write((db) =>
        db.exec(`UPDATE gewu_finding SET phase = 'excused', exception_id = 1 WHERE rule = 'unit-unknown'`),
      );
      expect(listFindings(reader, { phase: 'excused', offset: 0, limit: 5 }).findings[0]?.exception).toEqual({
        reason: '协议',
        until: '2027-01-01',
        person: '王',
        at: '2026-11-02',
      });
    });
  });
});

describe('a component without a place', () => {
  it('is told all the same', () => {
    withDistrict(0, ({ file, reader }) => {
      const [bare, placed] = file.revise(by, (tx) => [
        tx.insert('component', { code: 'a' }),
        tx.insert('component', { code: 'b', geom: pointBlob(1.25, 2.5) }),
      ]).value;
      expect(componentDetail(reader, bare ?? 0)).toMatchObject({
        at: null,
        shape: null,
        extra: {},
        findings: [],
        replacedBy: null,
        revisions: 1,
      });
      expect(componentDetail(reader, placed ?? 0).at).toEqual([x(1.25), y(2.5)]);
    });
  });
});
