import { baseData } from './base-data/index.ts';
import type { Report } from './report.ts';

/** Every report there is. */
export const reports: readonly Report[] = [baseData];

export { writeReport } from './workbook.ts';
export type * from './report.ts';
