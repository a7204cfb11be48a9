import type { Input } from '../../../api/contract.ts';
import type { LayerName } from '../../../model/component.ts';

export type ExportInput = Input<'export.write'>;
export type ExportFormat = ExportInput['format'];
export const FORMATS: readonly ExportFormat[] = ['shapefile', 'gpkg', 'geojson', 'csv', 'xlsx'];

export interface ExportPlan {
  layer: LayerName;
  format: ExportFormat;
  encoding: 'gbk' | 'utf-8';
  crs: string;
  profile: '2026' | '2013';
  filtered: boolean;
}

/** Formats whose texts may be in more than one encoding; the others are UTF-8 by their own rules. */
export const hasEncoding = (format: ExportFormat): boolean => format === 'shapefile' || format === 'csv';

/** The standard's two sets of fields differ for components only. */
export const hasProfile = (layer: LayerName): boolean => layer === 'component';

const EXTENSION: Record<ExportFormat, string> = {
  // A shapefile is several files, and a layer with lines and areas several shapefiles: together in one archive.
  shapefile: 'zip',
  gpkg: 'gpkg',
  geojson: 'geojson',
  csv: 'csv',
  xlsx: 'xlsx',
};

/** '海淀区_部件_2026-11-23.zip'; parts that are blank are left out. */
export function exportName(parts: readonly string[], format: ExportFormat): string {
  const name = parts
    .map((part) => part.replaceAll(/[\\/:*?"<>|]/gu, ' ').trim())
    .filter((part) => part !== '')
    .join('_');
  return `${name}.${EXTENSION[format]}`;
}
