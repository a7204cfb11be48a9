import type { Clarity } from './component.ts';

/**
 * Bytes of a map tile, little endian, written by the map lane and drawn by the page.
 *
 * Header, 32 bytes: u32 magic 'GWT1' · u32 kind (1 points, 2 polygons) · u32 feature count · u32 total in the tile before thinning ·
 * f64 originX · f64 originY (upper left of the tile, project CRS metres; offsets run right and down).
 *
 * kind 1, then per feature 16 bytes: u32 id · f32 dx · f32 dy (metres from the origin, dy downwards) · u8 class index (order of `class.list`,
 * 255 unknown) · u8 clarity (0 clear, 1 partial, 2 disputed, 3 unclear, 4 out of service) · u8 flags (bit 0 outside the filter, bit 1 has an
 * open finding, bit 2 has a line or area) · u8 0.
 *
 * kind 2, then per feature: u32 id · u32 flags (bit 0 outside the filter, bit 1 retired, bits 8..15 a small number for shading neighbours
 * apart, from the community) · u32 rings · per ring u32 points, then f32 dx, dy each. Rings are whole (not clipped), simplified to half a
 * pixel with shared borders kept shared; features smaller than half a pixel come as their box.
 */
export const TILE_MAGIC = 0x31545747;
export const TILE_HEADER = 32;
export const TILE_POINT = 16;
export const TILE_PIXELS = 512;
export const CLARITY_INDEX: readonly Clarity[] = ['clear', 'partial', 'disputed', 'unclear'];
export const OUT_OF_SERVICE_INDEX = 4;
export const FLAG_OUTSIDE = 1;
export const FLAG_FINDING = 2;
export const FLAG_SHAPE = 4;

/** Side of a tile in metres at a level, given the side of level 0. */
export function tileSize(size: number, z: number): number {
  return size / 2 ** z;
}
