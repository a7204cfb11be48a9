import { describe, expect, it } from 'vitest';
import { exportName, hasEncoding } from './export-plan.ts';

describe('the name of an export', () => {
  it('says what it holds and of when', () => {
    expect(exportName(['海淀区', '部件', '2026-11-23'], 'gpkg')).toBe('海淀区_部件_2026-11-23.gpkg');
  });
  it('is one archive for a shapefile', () => {
    expect(exportName(['', '街道（镇）'], 'shapefile')).toBe('街道（镇）.zip');
  });
  it('never holds what a file system forbids', () => {
    expect(exportName(['A/B:C', '部件'], 'csv')).toBe('A B C_部件.csv');
  });
});

it('knows which formats leave the encoding open', () => {
  expect((['shapefile', 'gpkg', 'geojson', 'csv', 'xlsx'] as const).filter(hasEncoding)).toEqual(['shapefile', 'csv']);
});
