import { describe, expect, it } from 'vitest';
import { delivered } from '../../tests/delivered.ts';
import { openDelivery } from './delivery.ts';
import { makeGeopackageFormat } from './geopackage.ts';
import type { GeoPackageReader } from './geopackage.ts';

describe('GeoPackage through a handed-in reader', () => {
  const seen: string[] = [];
  const reader: GeoPackageReader = {
    open: async ({ name }) => {
      seen.push(name);
      return Promise.resolve([]);
    },
  };
  const extra = [makeGeopackageFormat(reader)];

  it('hands over what begins as a database', async () => {
    const { doubts } = await openDelivery([delivered('a.gpkg', 'SQLite format 3\0rest')], { extra });
    expect(doubts).toEqual([]);
    expect(seen).toEqual(['a.gpkg']);
  });

  it.each([
    ['empty', ''],
    ['mislabelled', 'PK and so on, no database'],
  ])('refuses what is %s before the reader sees it', async (code, content) => {
    const { doubts } = await openDelivery([delivered('b.gpkg', content)], { extra });
    expect(doubts).toMatchObject([{ code, data: { file: 'b.gpkg' } }]);
    expect(seen).toEqual(['a.gpkg']);
  });

  it('leaves GeoPackages among the others where no reader is handed in', async () => {
    const { others, tables } = await openDelivery([delivered('a.gpkg', 'SQLite format 3\0')]);
    expect(tables).toEqual([]);
    expect(others.map(({ name }) => name)).toEqual(['a.gpkg']);
  });
});
