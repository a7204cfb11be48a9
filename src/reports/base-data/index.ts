import { defineReport } from '../report.ts';
import { countSheets } from './count-sheets.ts';
import { findingsSheet, gridsSheet } from './list-sheets.ts';
import { claritySheet, coverSheet, rulesSheet, totalsSheet } from './summary-sheets.ts';

/** The base-data workbook a district hands in: cover, totals, by street, class, unit and phase, clarity, grids, checks, open findings. */
export const baseData = defineReport({
  id: 'base-data',
  titleZh: '城市部件基础数据册',
  titleEn: 'Base data of components',
  aboutZh:
    '封面、总表、按街道、小类、责任单位与期次、权责明晰、单元网格、质检汇总与未决问题。每个数字都能查到它的部件。',
  aboutEn:
    'Cover, totals, by street, class, responsible unit and phase, clarity, unit grids, checks and open findings. Every figure leads to its components.',
  sheets: (source) => [
    coverSheet(source),
    totalsSheet(source),
    ...countSheets(source),
    claritySheet(source),
    gridsSheet(source),
    rulesSheet(source),
    findingsSheet(source),
  ],
});
