import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { GewuError } from '../../src/api/error.ts';
import { withBench } from '../../src/engine/intake/testing.ts';
import { FormatError } from '../../src/formats/format.ts';
import { mutation } from '../fuzz/mutate.ts';
import { fuzz } from '../fuzz/run.ts';
import { fuzzSeeds } from '../fuzz/seeds.ts';

/** A slice of the mutations that `npm run bench -- fuzz` runs 20,000 of. */
const SLICE = 400;
const STAGED = 40;

describe('mutated deliveries', () => {
  it('give tables or sentences, within their bounds of time and memory', async () => {
    const report = await fuzz(0, SLICE);
    expect(report.wrong).toEqual([]);
    expect(report.runs).toBe(SLICE);
    expect(Math.min(report.read, report.refused)).toBeGreaterThan(SLICE / 10);
  });

  it('change nothing in a project by being looked at and staged', async () => {
    const seeds = await fuzzSeeds();
    await withBench(async (bench) => {
      await bench.bringIn('a.csv', '标识码,部件名称\n1101080100100001,供水井盖\n');
      const before = bench.dump();
      let staged = 0;
      for (let index = 0; index < STAGED; index++) {
        const folder = path.join(bench.folder, `m${index}`);
        mkdirSync(folder);
        const made = mutation(seeds, index * 7 + 100_000);
        for (const [name, bytes] of Object.entries(made.files)) writeFileSync(path.join(folder, name), bytes);
        for (const work of [bench.inspect, bench.stageAll]) {
          const thrown: unknown = await work([folder]).then(
            () => null,
            (error: unknown) => error,
          );
          if (thrown === null) staged++;
          const inSentences = thrown === null || thrown instanceof GewuError || thrown instanceof FormatError;
          expect(inSentences, `${made.kind}: ${made.how}: ${String(thrown)}`).toBe(true);
        }
        expect(bench.dump(), `${made.kind}: ${made.how}`).toBe(before);
      }
      expect(before.length).toBeGreaterThan(0);
      expect(staged).toBeGreaterThan(STAGED / 4);
    });
  });
});
