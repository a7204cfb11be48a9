import { TILE_PIXELS } from '../../../model/tile.ts';
import { decodeTile } from '../tiles/decode.ts';
import type { Painted, PaintOrder } from './paint-room.ts';
import { communityPainter, gridPainter } from './painters.ts';

const PAINTERS = { unit_grid: gridPainter, community: communityPainter };

/** A tile as a picture. @throws Error for bytes that are no polygon tile */
function paint({ layer, palette, bytes, resolution, ratio }: PaintOrder): ImageBitmap {
  const tile = decodeTile(bytes);
  const canvas = new OffscreenCanvas(TILE_PIXELS * ratio, TILE_PIXELS * ratio);
  const context = canvas.getContext('2d');
  if (tile.kind !== 'polygons' || context === null) throw new Error('These bytes are no tile of polygons.');
  context.scale(ratio, ratio);
  PAINTERS[layer](palette)(context, tile, resolution);
  return canvas.transferToImageBitmap();
}

/** Paints polygon tiles aside, so that thousands of rings never hold up the window. */
globalThis.addEventListener('message', ({ data }: MessageEvent<PaintOrder>) => {
  const answer = (painted: Painted, transfer: Transferable[] = []) => globalThis.postMessage(painted, { transfer });
  try {
    const bitmap = paint(data);
    answer({ id: data.id, bitmap }, [bitmap]);
  } catch {
    // A tile that cannot be painted is a hole in the picture, as one that cannot be had.
    answer({ id: data.id, bitmap: null });
  }
});
