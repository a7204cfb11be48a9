import { defineConfig } from 'vitest/config';

/** Long enough for a journey on a slow machine; a hanging test still ends. */
const minute = 60_000;

export default defineConfig({
  test: {
    allowOnly: false,
    // Four kinds of test. Those that start servers and browsers run after the others and one file at a time, so that two
    // of them never compete for a small machine.
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{src,electron,fixtures,tools,bench}/**/*.test.{ts,tsx}'],
          testTimeout: minute / 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'fences',
          include: ['tests/fences/**/*.test.ts'],
          testTimeout: minute,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'contract',
          include: ['tests/{acceptance,contract,kill,electron}/**/*.test.ts'],
          testTimeout: 2 * minute,
          hookTimeout: 2 * minute,
          maxWorkers: 1,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'journeys',
          include: ['tests/journeys/**/*.test.ts'],
          globalSetup: ['tests/journeys/sample-setup.ts'],
          testTimeout: 4 * minute,
          hookTimeout: 2 * minute,
          maxWorkers: 1,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
