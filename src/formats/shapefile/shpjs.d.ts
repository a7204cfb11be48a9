/** The one function of shpjs that the cross-check uses; the package ships no types. */
declare module 'shpjs' {
  export function parseShp(shp: Uint8Array): ({ type: string; coordinates: unknown } | null)[];
}
