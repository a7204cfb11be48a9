import { defineFormat } from '../format.ts';
import { openGeojson } from './open.ts';
import { writeGeojson } from './write.ts';

export { writeGeojson };

/** GeoJSON (RFC 7946 and what came before it). See docs/formats/geojson.md. */
export const geojsonFormat = defineFormat({
  id: 'geojson',
  extensions: ['geojson', 'json', 'geojsonl', 'ndjson'],
  open: async (group, options = {}) => Promise.resolve([openGeojson(group, options)]),
  write: async (table, path) => Promise.resolve(writeGeojson(table, path)),
});
