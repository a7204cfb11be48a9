import { describe, expect, it } from 'vitest';
import { clarityOf, unitValidOn } from '../../model/clarity.ts';
import { CLARITIES, inService, type CellValue, type Clarity } from '../../model/component.ts';
import { CAUSES } from '../../model/filter.ts';
import { TODAY } from '../testing.ts';
import { unclearCauses } from './causes.ts';
import { ColumnCache } from './columns.ts';
import { overviewFigures } from './overview.ts';
import type { Reader } from './reader.ts';
import { statsOf, STATS_BY, type StatsBy } from './stats.ts';
import { OTHER_SCHEME, withDistrict } from '../../../tests/made-up-district.ts';
import { ViewManager } from './views.ts';

interface Plain {
  [column: string]: CellValue;
}
interface PlainUnit {
  id: number;
  valid_from: string | null;
  valid_to: string | null;
}

const all = (reader: Reader): Plain[] => reader.db.prepare<[], Plain>('SELECT * FROM component').all();
const classOf = (reader: Reader, row: Plain): { ownerless: number; major_code: string } | undefined =>
  reader.db
    .prepare<CellValue[], { ownerless: number; major_code: string }>(
      'SELECT ownerless, major_code FROM component_class WHERE scheme = ? AND code = ?',
    )
    .get(row['scheme'] ?? null, row['class_code'] ?? null);

function clarityOn(reader: Reader, row: Plain, day: string): Clarity {
  const units = reader.db.prepare<[], PlainUnit>('SELECT id, valid_from, valid_to FROM unit').all();
  const id = (role: string): number | null => row[`${role}_id`] as number | null;
  return clarityOf(
    {
      confirmation: row['confirmation'] as string | null,
      roles: {
        supervisor: id('supervisor'),
        owner: id('owner'),
        maintainer: id('maintainer'),
        responsible: id('responsible'),
      },
      ownerlessClass: classOf(reader, row)?.ownerless === 1,
    },
    (unit) => units.some((each) => each.id === unit && unitValidOn(each, day)),
  );
}

function keyOf(reader: Reader, row: Plain, by: StatsBy): string | null {
  const text = (value: CellValue | undefined): string | null => (value == null || value === '' ? null : String(value));
  switch (by) {
    case 'street':
      return text(row['street_code']);
    case 'community':
      return text(row['community_code']);
    case 'phase':
      return text(row['phase']);
    case 'unit':
      return text(row['responsible_id']);
    case 'major':
      return text(classOf(reader, row)?.major_code);
    case 'class':
      return row['scheme'] === OTHER_SCHEME ? `${text(row['class_code'])} (${OTHER_SCHEME})` : text(row['class_code']);
    case 'grid':
      return text(
        reader.db
          .prepare<CellValue[], string>('SELECT code FROM unit_grid WHERE id = ?')
          .pluck()
          .get(row['grid_id'] ?? null),
      );
  }
}

function plainCounts(rows: { row: Plain; clarity: Clarity }[]) {
  const serving = rows.filter(({ row }) => inService(row['state'] as string | null));
  const count = (clarity: Clarity): number => serving.filter((each) => each.clarity === clarity).length;
  return {
    components: rows.length,
    inService: serving.length,
    clear: count('clear'),
    clarityRate: serving.length === 0 ? null : count('clear') / serving.length,
    byClarity: Object.fromEntries(CLARITIES.map((clarity) => [clarity, count(clarity)])),
  };
}

describe('statistics', () => {
  it.each(STATS_BY)('by %s agree with counting the rows', (by) => {
    withDistrict(200, ({ reader }) => {
      for (const asOf of [undefined, '2025-01-01', '2026-02-15']) {
        const rows = all(reader).map((row) => ({ row, clarity: clarityOn(reader, row, asOf ?? TODAY) }));
        const stats = statsOf(reader, new ColumnCache('component'), { by, asOf });
        expect(stats).toMatchObject(plainCounts(rows));
        const groups = Map.groupBy(rows, ({ row }) => keyOf(reader, row, by));
        const counted = stats.groups.filter((group) => group.components > 0);
        expect(new Set(counted.map((group) => group.key))).toEqual(new Set(groups.keys()));
        for (const group of counted) expect(group).toMatchObject(plainCounts(groups.get(group.key) ?? []));
      }
    });
  });

  it('give another rate on another day', () => {
    withDistrict(200, ({ reader }) => {
      const rate = (asOf?: string): number | null =>
        statsOf(reader, new ColumnCache('component'), { asOf }).clarityRate;
      expect(rate('2025-01-01')).not.toBe(rate());
      expect(rate(TODAY)).toBe(rate());
    });
  });

  it('count the district as it stands: active grids and their area', () => {
    withDistrict(5, ({ reader }) => {
      const stats = statsOf(reader, new ColumnCache('component'), { by: 'street', filter: { op: 'ids', ids: [1, 2] } });
      expect(stats).toMatchObject({ components: 2, grids: 15, streets: 2, communities: 3, districtAreaM2: 150_000 });
      expect(stats.groups.map((group) => [group.key, group.name])).toEqual(
        expect.arrayContaining([
          ['110108001', '万寿路街道'],
          ['110108002', '永定路街道'],
        ]),
      );
    });
  });

  it('say nothing of a rate where nothing is in service', () => {
    withDistrict(0, ({ reader }) => {
      const figures = overviewFigures(reader, new ColumnCache('component'));
      expect(figures.byStreet).toMatchObject({ components: 0, inService: 0, clarityRate: null });
      expect(figures).toMatchObject({ byPhase: [], byMajor: [], causes: [], before: null });
    });
  });

  it('remember the rate before the latest delivery', () => {
    withDistrict(5, ({ file, reader }) => {
      const put = `INSERT INTO gewu_batch (name, state, at, person, kind, files, revision, rate_before) VALUES (?, ?, '', 'x', 'component', '[]', ?, ?)`;
      file.write((db) => {
        for (const batch of [
          ['一月', 'accepted', 1, 0.5],
          ['二月', 'accepted', 2, 0.6],
          ['三月', 'undone', 3, 0.7],
        ])
          db.prepare(put).run(...batch);
      });
      expect(overviewFigures(reader, new ColumnCache('component')).before).toEqual({ rate: 0.6, batchName: '二月' });
    });
  });
});

describe('causes of what is not clear', () => {
  it('count each component once, and their filters select exactly these', () => {
    withDistrict(400, ({ reader }) => {
      const causes = unclearCauses(reader);
      const views = new ViewManager();
      const seen = new Set<number>();
      for (const { filter, count } of causes) {
        const ids = views.ids(views.open(reader, 'component', filter, []).viewId);
        expect(ids).toHaveLength(count);
        for (const id of ids) expect(seen.has(id)).toBe(false);
        for (const id of ids) seen.add(id);
      }
      const waiting = all(reader).filter(
        (row) => row['clarity'] !== 'clear' && inService(row['state'] as string | null),
      );
      expect(seen).toEqual(new Set(waiting.map((row) => row['id'])));
      expect(new Set(causes.map((each) => each.cause))).toEqual(new Set(CAUSES));
    });
  });

  it('name the first that holds', () => {
    withDistrict(0, ({ file, reader }) => {
      const full = {
        supervisor_id: 1,
        owner_id: 1,
        maintainer_id: 1,
        responsible_id: 1,
        class_code: '01001',
        scheme: 'GB/T 47678.5-2026',
      };
      const cases: [string, Record<string, CellValue>][] = [
        ['ownerless-class', { ...full, class_code: '01099', confirmation: 'disputed' }],
        ['ownerless', { ...full, confirmation: 'ownerless', owner_id: null }],
        ['disputed', { ...full, confirmation: 'disputed', owner_id: null }],
        ['no-owner', { ...full, owner_id: null, owner_text: '', maintainer_id: null }],
        ['unknown-unit', { ...full, owner_id: null, owner_text: '某公司', maintainer_id: null }],
        ['unknown-unit', { ...full, maintainer_id: null, maintainer_code_text: '99' }],
        ['missing-role', { ...full, maintainer_id: null, owner_id: 5 }],
        ['expired-unit', { ...full, confirmation: 'confirmed', owner_id: 5 }],
        ['unconfirmed', full],
      ];
      const ids = file.revise({ command: 'test.edit', person: '李静' }, (tx) =>
        cases.map(([, row]) => tx.insert('component', row)),
      ).value;
      const views = new ViewManager();
      for (const [i, [cause]] of cases.entries()) {
        const { viewId } = views.open(reader, 'component', { op: '=', column: 'cause', value: cause }, []);
        expect([...views.ids(viewId)]).toContain(ids[i]);
      }
    });
  });
});
