import { describe, expect, it } from 'vitest';
import type { Client } from '../../../api/client.ts';
import { TILE_HEADER, TILE_MAGIC } from '../../../model/tile.ts';
import { TileStore } from './tile-store.ts';

/** A client whose answers are given by hand, in the order of the questions. */
function byHand() {
  const asked: { x: number; answer: (bytes: Uint8Array) => void; fail: (error: Error) => void }[] = [];
  const call = (_method: string, { x }: { x: number }) =>
    new Promise<Uint8Array>((answer, fail) => asked.push({ x, answer, fail }));
  return { client: { call } as unknown as Client, asked };
}

function emptyTile(): Uint8Array {
  const view = new DataView(new ArrayBuffer(TILE_HEADER));
  view.setUint32(0, TILE_MAGIC, true);
  view.setUint32(4, 1, true);
  return new Uint8Array(view.buffer);
}
const turn = () => new Promise((resolve) => setTimeout(resolve, 0));
const key = (x: number) => TileStore.key('component', 3, x, 0, null, 0);

describe('TileStore', () => {
  it('asks once for the same tile and keeps it', async () => {
    const { client, asked } = byHand();
    const store = new TileStore(client);
    const [first, second] = [1, 2].map(() => store.ask(3, 7, 0, null, 0));
    expect(asked).toHaveLength(1);
    asked[0]?.answer(emptyTile());
    expect(await first).toBe(await second);
    expect(store.has(key(7))).toBe(await first);
    await store.ask(3, 7, 0, null, 0);
    expect(asked).toHaveLength(1);
  });

  it('keeps epochs and views apart', () => {
    const { client, asked } = byHand();
    const store = new TileStore(client);
    for (const [view, epoch] of [
      [null, 0],
      [null, 1],
      ['v', 1],
    ] as const)
      void store.ask(3, 1, 0, view, epoch);
    expect(asked).toHaveLength(3);
  });

  it('has six on their way at once, and then asks for what was wanted last', async () => {
    const { client, asked } = byHand();
    const store = new TileStore(client);
    for (let x = 0; x < 10; x += 1) void store.ask(3, x, 0, null, 0);
    expect(asked.map((one) => one.x)).toEqual([0, 1, 2, 3, 4, 5]);
    asked[0]?.answer(emptyTile());
    await turn();
    expect(asked.at(-1)?.x).toBe(9);
  });

  it('drops points of places left long ago, never polygons', async () => {
    const { client } = byHand();
    const store = new TileStore(client);
    const grids = Array.from({ length: 10 }, (_, x) => store.askBytes('unit_grid', 3, x, 0, null, 0));
    const points = Array.from({ length: 60 }, (_, x) => store.ask(9, x, 0, null, 0));
    expect(await points[0]).toBeNull();
    const open = Symbol('still on its way');
    expect(await Promise.race([...grids, points.at(-1), Promise.resolve(open)])).toBe(open);
  });

  it('answers null when the engine fails, and asks again the next time', async () => {
    const { client, asked } = byHand();
    const store = new TileStore(client);
    const first = store.ask(3, 1, 0, null, 0);
    asked[0]?.fail(new Error('gone'));
    expect(await first).toBeNull();
    await turn();
    void store.ask(3, 1, 0, null, 0);
    expect(asked).toHaveLength(2);
  });

  it('forgets the oldest beyond 400', async () => {
    const { client, asked } = byHand();
    const store = new TileStore(client);
    for (let x = 0; x <= 400; x += 1) {
      const tile = store.ask(3, x, 0, null, 0);
      asked.at(-1)?.answer(emptyTile());
      await tile;
      await turn();
    }
    expect(store.has(key(0))).toBeUndefined();
    expect(store.has(key(400))).toBeDefined();
  });
});
