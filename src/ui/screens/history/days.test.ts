import { describe, expect, it } from 'vitest';
import type { RevisionInfo } from '../../../model/change.ts';
import { dayOf, linesOf } from './days.ts';

const revision = (id: number, at: string): RevisionInfo => ({
  id,
  at,
  person: '李敏',
  command: 'component.update',
  summary: {},
  undoOf: null,
  undoneBy: null,
  batchId: null,
  rows: 1,
});
/** Noon of a day on this computer's clock. */
const noon = (day: number) => new Date(2026, 10, day, 12).toISOString();

describe('the list of changes', () => {
  it('has one heading for each day, before its changes', () => {
    const lines = linesOf([revision(3, noon(23)), revision(2, noon(23)), revision(1, noon(20))]);
    expect(lines.map((line) => (line.kind === 'day' ? dayOf(line.at) : line.revision.id))).toEqual([
      '2026-11-23',
      3,
      2,
      '2026-11-20',
      1,
    ]);
  });
  it('gives each line a key of its own, also when a clock went backwards', () => {
    const lines = linesOf([revision(3, noon(23)), revision(2, noon(20)), revision(1, noon(23))]);
    expect(new Set(lines.map((line) => line.key)).size).toBe(lines.length);
  });
  it('keeps a time nobody can read as it is', () => {
    expect(dayOf('not a time')).toBe('not a time');
  });
});
