import type { Clarity } from '../model/component.ts';
import type { Filter } from '../model/filter.ts';
import type { Severity } from '../model/finding.ts';

export type Language = 'zh' | 'en';
export type ColumnForm = 'text' | 'code' | 'integer' | 'percent' | 'area' | 'date';

export interface SheetColumn {
  key: string;
  zh: string;
  en: string;
  kind: ColumnForm;
}
export interface SheetRow {
  cells: Record<string, string | number | null>;
  /** A total or a heading. */
  strong?: boolean;
  /** Leads from a figure to the components behind it: column key → filter. */
  doors?: Record<string, Filter>;
}
export interface Sheet {
  id: string;
  titleZh: string;
  titleEn: string;
  columns: SheetColumn[];
  rows: SheetRow[];
  /** Rows there are; `rows` may be the first ones only. */
  total: number;
}

export interface CountGroup {
  key: string | null;
  name: string | null;
  nameEn: string | null;
  components: number;
  inService: number;
  clear: number;
  clarityRate: number | null;
  byClarity: Record<Clarity, number>;
}
export interface Counted extends Omit<CountGroup, 'key' | 'name' | 'nameEn'> {
  grids: number;
  streets: number;
  communities: number;
  districtAreaM2: number;
  groups: CountGroup[];
}
export interface GridLine {
  code: string;
  street: string | null;
  community: string | null;
  areaM2: number | null;
  landUse: string | null;
  startedOn: string | null;
  components: number;
}
export interface FindingLine {
  rule: string;
  severity: Severity;
  code: string | null;
  layer: string;
  place: string | null;
  foundAt: string;
  data: Record<string, string | number | null>;
}

/** What reports may ask. Everything is as of one day and one revision, narrowed to one street where asked. */
export interface ReportSource {
  readonly asOf: string;
  readonly street: { code: string; name: string } | null;
  readonly project: { name: string; district: string; crs: string; scheme: string; revision: number };
  /** Narrows a door to the street the report is of. */
  narrow(filter: Filter | null): Filter;
  stats(by?: 'street' | 'class' | 'major' | 'unit' | 'phase'): Counted;
  causes(): { cause: string; count: number; filter: Filter }[];
  rules(): { id: string; severity: Severity; open: number; excused: number }[];
  grids(): GridLine[];
  openFindings(): FindingLine[];
}

export interface Report {
  id: string;
  titleZh: string;
  titleEn: string;
  aboutZh: string;
  aboutEn: string;
  /** The same data give the same sheets; nothing but the source is asked. */
  sheets(source: ReportSource): Sheet[];
}

/** Identity, for inference and one place to look for what a report is. */
export function defineReport<T extends Report>(report: T): T {
  return report;
}
