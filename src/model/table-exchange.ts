import type { Shape } from './geometry/types.ts';

/**
 * Tables as they pass between rooms that do not know each other: the shapes `formats/format.ts` gives its readers and writers, said once
 * more for rooms that may only see the model. Structurally the same; whoever joins both rooms proves it by compiling.
 */
export type ExchangeFieldType = 'text' | 'integer' | 'real' | 'date' | 'boolean';
export type ExchangeGeometry = 'point' | 'multipoint' | 'line' | 'polygon' | 'mixed' | 'none';

export interface ExchangeField {
  name: string;
  type: ExchangeFieldType;
  length?: number;
  samples: string[];
}
export interface ExchangeRow {
  row: number;
  values: Record<string, string | null>;
  shape: Shape | null;
  z?: number[];
  m?: number[];
  faults?: { field: string | null; code: string; message: string }[];
}
export interface ExchangeTable {
  info: {
    file: string;
    name: string;
    format: string;
    geometry: ExchangeGeometry;
    rows: number;
    deletedRows: number;
    encoding: {
      name: string | null;
      confidence: number;
      evidence: { code: string; data: Record<string, unknown> }[];
      candidates: { name: string; score: number; samples: string[] }[];
    };
    crsStated: string | null;
    extent: [number, number, number, number] | null;
    fields: ExchangeField[];
    doubts: { code: string; message: string; data?: Record<string, unknown> }[];
  };
  blocks(options?: { blockRows?: number }): AsyncIterable<ExchangeRow[]>;
}

export interface WrittenTable {
  name: string;
  geometry: 'point' | 'line' | 'polygon' | 'none';
  fields: { name: string; title: string; type: ExchangeFieldType; length?: number }[];
  crs: { code: string | null; wkt: string; geographic: boolean } | null;
  rows: Iterable<{ values: Record<string, string | number | null>; shape: Shape | null }>;
}
export interface Written {
  files: string[];
  rows: number;
  losses: { row: number; field: string; code: string; value: string }[];
}
