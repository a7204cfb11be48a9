import { writeFileSync } from 'node:fs';
import type { Reporter, TestModule, SerializedError } from 'vitest/node';

/** How a run went. A file that cannot be loaded and an error outside of any test count as failed. */
export interface Tally {
  passed: number;
  failed: number;
  /** Full names of the tests that were skipped. */
  skipped: string[];
}

/** Where to write the tally, as JSON. */
export const tallyFile = 'GEWU_TALLY';

/** Counts a run for the closing line; what to read while it goes on comes from vitest's own reporter. */
export default class TallyReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const tally: Tally = { passed: 0, failed: unhandled.length, skipped: [] };
    for (const module of modules) {
      if (module.errors().length > 0) tally.failed += 1;
      for (const suite of module.children.allSuites()) if (suite.errors().length > 0) tally.failed += 1;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed') tally.passed += 1;
        else if (state === 'skipped') tally.skipped.push(test.fullName);
        else tally.failed += 1;
      }
    }
    const file = process.env[tallyFile];
    if (file) writeFileSync(file, JSON.stringify(tally));
  }
}
