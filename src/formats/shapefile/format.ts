import { defineFormat } from '../format.ts';
import { openShapefile } from './open.ts';
import { writeShapefile } from './write.ts';

/** ESRI shapefiles: `.shp` with `.shx`, `.dbf`, `.prj`, `.cpg` and memo files, or a lone `.dbf`. See docs/formats/shapefile.md. */
export const shapefileFormat = defineFormat({
  id: 'shapefile',
  extensions: ['shp', 'dbf'],
  open: async (group, options = {}) => Promise.resolve([openShapefile(group, options)]),
  write: async (table, path, options = {}) =>
    Promise.resolve(writeShapefile(table, path, { encoding: options.encoding ?? 'utf-8' })),
});
