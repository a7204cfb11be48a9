import { describe, expect, it } from 'vitest';
import type { InspectedTable } from '../../../api/delivery.ts';
import { questionsOf } from './unsure.ts';

const field = (role: string | null, confidence: number) => ({
  name: 'F',
  type: 'text',
  role,
  confidence,
  why: '',
  samples: [],
});
const candidate = {
  code: 'EPSG:4490',
  axes: 'east-north' as const,
  confidence: 0.5,
  evidence: [],
  datum: null,
  points: [],
};
const table: InspectedTable = {
  file: 'a.csv',
  name: 'a',
  format: 'csv',
  geometry: 'none',
  rows: 3,
  deletedRows: 0,
  encoding: { name: 'GB18030', confidence: 0.9, evidence: [], candidates: [] },
  crs: {
    code: 'EPSG:4490',
    axes: 'east-north',
    confidence: 0.9,
    evidence: [],
    candidates: [candidate],
    datum: { applied: null, proposed: null, refused: null },
  },
  fields: [field('code', 1)],
  as: { value: 'component', confidence: 1, why: 'given' },
  componentClass: { scheme: null, code: null, name: null, confidence: 0, evidence: [] },
  headerRow: null,
  headerSignature: '',
  savedMapping: false,
  skip: false,
  derived: [],
  firstRows: [],
  doubts: [],
};
const about = (part: Partial<InspectedTable>, plan?: Parameters<typeof questionsOf>[1]) =>
  questionsOf({ ...table, ...part }, plan).map((one) => one.about);

describe('what a person must say before a table is read', () => {
  it('is nothing where everything is sure', () => {
    expect(about({})).toEqual([]);
  });
  it('is the kind before anything else', () => {
    expect(about({ as: { value: null, confidence: 0, why: 'nothing-fits' }, fields: [field('code', 0.5)] })).toEqual([
      'kind',
    ]);
  });
  it('is encoding, system and fields below four fifths', () => {
    expect(
      about({
        encoding: { ...table.encoding, confidence: 0.79 },
        crs: { ...table.crs, confidence: 0.6 },
        fields: [field('code', 0.7), field(null, 0.7)],
      }),
    ).toEqual(['encoding', 'crs', 'fields']);
  });
  it('is not asked again once it was said, nor of tables left out or empty', () => {
    const unsure = { encoding: { ...table.encoding, confidence: 0.1 } };
    expect(about(unsure, { file: 'a.csv', table: 'a', encoding: 'UTF-8' })).toEqual([]);
    expect(about(unsure, { file: 'a.csv', table: 'a', skip: true })).toEqual([]);
    expect(about({ ...unsure, rows: 0 })).toEqual([]);
  });
});
