import { defineFormat } from '../format.ts';
import { openKml } from './open.ts';

/** KML, and KMZ which is KML in a zip archive. See docs/formats/kml.md. */
export const kmlFormat = defineFormat({
  id: 'kml',
  extensions: ['kml', 'kmz'],
  open: async (group, options = {}) => Promise.resolve(openKml(group, options)),
});
