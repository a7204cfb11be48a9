import { describe, expect, it } from 'vitest';
import type { CellValue } from '../../model/component.ts';
import type { Sort } from '../../model/filter.ts';
import { undoRevision } from '../undo.ts';
import { ColumnCache } from './columns.ts';
import { rowsById } from './rows.ts';
import { withDistrict } from '../../../tests/made-up-district.ts';
import { layerOfView, VIEW_CAPACITY, ViewManager } from './views.ts';

const by = { command: 'test.edit', person: '李静' };
const codeOf = (code: string): unknown => expect.objectContaining({ code });

describe('the order of a view', () => {
  it.each<[string, Sort[]]>([
    ['code', [{ column: 'code', descending: true }]],
    ['unit name', [{ column: 'owner_id', descending: false }]],
    [
      'class name, then code',
      [
        { column: 'class_name', descending: true },
        { column: 'code', descending: true },
      ],
    ],
    [
      'unique column first',
      [
        { column: 'source_row', descending: true },
        { column: 'owner_name', descending: false },
      ],
    ],
    ['name, state, date', ['name', 'state', 'surveyed_on'].map((column, i) => ({ column, descending: i === 1 }))],
    ['grid code', [{ column: 'grid_id', descending: false }]],
  ])('by %s: Chinese order of names, blanks last, id between equals', (_, sort) => {
    withDistrict(120, ({ reader }) => {
      const views = new ViewManager();
      const { viewId } = views.open(reader, 'component', null, sort);
      const rows = rowsById(reader.db, 'component', [...views.ids(viewId)]);
      const shown = (row: (typeof rows)[number], column: string): CellValue => {
        const name = { owner_id: 'owner_name', grid_id: 'grid_code' }[column] ?? column;
        const value = row.names[name] ?? row.cells[column] ?? null;
        // A class the catalogue does not know has no name: it sorts by its code.
        return value === null && name === 'class_name' ? (row.cells['class_code'] ?? null) : value;
      };
      const collator = new Intl.Collator('zh');
      const expected = rows.toSorted((a, b) => {
        for (const { column, descending } of sort) {
          const [p, q] = [shown(a, column), shown(b, column)];
          const [blankP, blankQ] = [p === null || p === '', q === null || q === ''];
          if (blankP !== blankQ) return blankP ? 1 : -1;
          const order =
            typeof p === 'number' && typeof q === 'number'
              ? p - q
              : blankP
                ? 0
                : collator.compare(String(p), String(q));
          if (order !== 0) return descending ? -order : order;
        }
        return a.id - b.id;
      });
      expect(rows.map((row) => row.id)).toEqual(expected.map((row) => row.id));
      expect(new Set(rows.map((row) => shown(row, sort[0]?.column ?? ''))).size).toBeGreaterThan(2);
    });
  });

  it('puts units in pinyin order, not in the order of their ids', () => {
    withDistrict(80, ({ reader }) => {
      const views = new ViewManager();
      const { viewId } = views.open(reader, 'component', { op: 'not', of: { op: 'empty', column: 'owner_id' } }, [
        { column: 'owner_id', descending: false },
      ]);
      const names = rowsById(reader.db, 'component', [...views.ids(viewId)]).map((row) => row.names['owner_name']);
      expect([...new Set(names)]).toEqual([
        '阿里公司',
        '安宁环卫所',
        '北京水务局',
        '朝阳园林队',
        '海淀路灯处',
        '中关村公司',
      ]);
    });
  });

  it('is refused for a column that is not there', () => {
    withDistrict(1, ({ reader }) => {
      expect(() =>
        new ViewManager().open(reader, 'unit_grid', null, [{ column: 'owner_id', descending: false }]),
      ).toThrow(codeOf('unknown-column'));
    });
  });
});

describe('the views a lane keeps', () => {
  it('answer the same view while nothing is committed, a new one afterwards', () => {
    withDistrict(10, ({ file, reader }) => {
      const views = new ViewManager();
      const ask = () => views.open(reader, 'component', { op: '=', column: 'note', value: 'x' }, []);
      const before = ask();
      expect(before).toMatchObject({ shown: 0, total: 10, revision: 1 });
      expect(ask()).toEqual(before);
      file.revise(by, (tx) => tx.update('component', 3, { note: 'x' }));
      const after = ask();
      expect(after).toMatchObject({ shown: 1, revision: 2 });
      expect(views.page(before.viewId, 0, 10)).toEqual([]);
      expect(views.page(after.viewId, 0, 10)).toEqual([3]);
      expect(layerOfView(after.viewId)).toBe('component');
    });
  });

  it('are forgotten when so many newer ones were asked for', () => {
    withDistrict(10, ({ reader }) => {
      const views = new ViewManager();
      const first = views.open(reader, 'component', null, []);
      const second = views.open(reader, 'unit_grid', null, []);
      for (let i = 0; i < VIEW_CAPACITY - 1; i++) {
        views.ids(first.viewId);
        views.open(reader, 'component', { op: 'ids', ids: [i + 1] }, []);
      }
      expect(views.ids(first.viewId)).toHaveLength(10);
      expect(() => views.ids(second.viewId)).toThrow(codeOf('view-gone'));
      expect(() => views.ids('component:99:1')).toThrow(codeOf('view-gone'));
    });
  });

  it('tell where a row stands', () => {
    withDistrict(10, ({ reader }) => {
      const views = new ViewManager();
      const { viewId } = views.open(reader, 'component', { op: 'ids', ids: [2, 4, 6] }, [
        { column: 'code', descending: true },
      ]);
      const order = views.page(viewId, 0, 3);
      expect(order.map((id) => views.position(viewId, id))).toEqual([0, 1, 2]);
      expect(views.position(viewId, 5)).toBeNull();
      expect(views.page(viewId, 1, 1)).toEqual(order.slice(1, 2));
    });
  });
});

describe('a column in memory', () => {
  const names = ['clarity', 'owner_id', 'grid_id', 'street_code', 'note', 'state'];
  const read = (cache: ColumnCache, db: Parameters<ColumnCache['column']>[0]): unknown =>
    names.map((name) => {
      const { codes, values } = cache.column(db, name);
      return [...codes].flatMap((code, id) => (code < 0 ? [] : [[id, values[code]]]));
    });

  it('follows edits, new rows, undone rows, moved grids and ended units', () => {
    withDistrict(60, ({ file, reader: { db } }) => {
      const cache = new ColumnCache('component');
      const check = (): void => expect(read(cache, db)).toEqual(read(new ColumnCache('component'), db));
      check();
      file.revise(by, (tx) => tx.update('component', 3, { note: 'new value', owner_id: 4, state: '移除' }));
      check();
      const added = file.revise(by, (tx) => {
        for (let i = 0; i < 5; i++) tx.insert('component', { code: `x${i}`, note: `n${i}` });
      });
      check();
      file.revise(by, (tx) => tx.update('unit', 4, { valid_to: '2020-01-01' }));
      check();
      file.revise(by, (tx) => tx.update('unit_grid', 1, { status: 'retired' }));
      check();
      if (added.revision !== null) undoRevision(file, added.revision, { person: '李静' });
      expect(db.prepare('SELECT count(*) FROM component').pluck().get()).toBe(60);
      check();
    });
  });
});
