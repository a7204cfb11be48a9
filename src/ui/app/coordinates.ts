import type { Position } from '../../model/geometry/types.ts';

/** One full-width space. */
const GAP = '\u3000';

/** 'E 441 070.81 N 4 428 351.90': metres with thin groups, as on a survey sheet. */
export function coordinate([east, north]: Position): string {
  return `E ${grouped(east)}${GAP}N ${grouped(north)}`;
}

/** Metres to the centimetre in groups of three. */
export function grouped(metres: number): string {
  const [whole = '', part = ''] = Math.abs(metres).toFixed(2).split('.');
  return `${metres < 0 ? '−' : ''}${whole.replaceAll(/\B(?=(\d{3})+$)/gu, ' ')}.${part}`;
}

/** '116.3186°E 39.9871°N' */
export function degrees([lon, lat]: readonly [number, number]): string {
  return `${Math.abs(lon).toFixed(4)}°${lon < 0 ? 'W' : 'E'}${GAP}${Math.abs(lat).toFixed(4)}°${lat < 0 ? 'S' : 'N'}`;
}

/** '1:7 500', to three figures. */
export function scaleText(denominator: number): string {
  const rounded = denominator < 1000 ? Math.round(denominator) : Number(denominator.toPrecision(3));
  return `1:${String(rounded).replaceAll(/\B(?=(\d{3})+$)/gu, ' ')}`;
}
