/** The one class of JSTS that the cross-check uses; the package ships no types. */
declare module 'jsts/org/locationtech/jts/io/GeoJSONReader.js' {
  export default class GeoJSONReader {
    read(geometry: { type: 'Polygon'; coordinates: [number, number][][] }): { getArea(): number };
  }
}
