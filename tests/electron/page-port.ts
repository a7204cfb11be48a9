import type { Page } from 'playwright-core';
import { PORT_WORDS } from '../../src/api/bridge.ts';
import type { Port } from '../../src/api/port.ts';
import { read } from './stand-in/codec.ts';

interface Own {
  /** Messages that came since it was last asked; waits for the next one when there are none. */
  testNext(): Promise<string[]>;
  testPost(message: unknown): void;
}

/**
 * A message port to the engine of one's own, got as the page gets its: through the preload script. The page does not notice. Messages are
 * fetched, not called back with: the stand-in's main process speaks to the same page and a second exposed function would take the place of its own.
 */
export async function portOfPage(page: Page): Promise<Port> {
  await page.evaluate(takePort, PORT_WORDS);
  const hearing = new Set<(message: unknown) => void>();
  const follow = async () => {
    for (;;) {
      const texts = await page.evaluate(() => (window as unknown as Own).testNext());
      for (const text of texts) hearing.forEach((hear) => hear(read(text)));
    }
  };
  // The page is gone, and with it the port.
  follow().catch(() => hearing.clear());
  return {
    post(message) {
      const passed = page.evaluate((one) => (window as unknown as Own).testPost(one), message);
      // A page that is gone answers nothing; the test waiting for the answer says so.
      passed.catch(() => undefined);
    },
    on(hear) {
      hearing.add(hear);
      return () => hearing.delete(hear);
    },
  };
}

/** Runs in the page, as text. */
async function takePort(words: typeof PORT_WORDS): Promise<void> {
  const port = await new Promise<MessagePort>((resolve) => {
    const hear = (event: MessageEvent) => {
      const [given] = event.ports;
      if (event.data !== words.here || given === undefined) return;
      event.stopImmediatePropagation();
      window.removeEventListener('message', hear, true);
      resolve(given);
    };
    window.addEventListener('message', hear, true);
    window.postMessage(words.wanted, window.origin);
  });
  const text = (message: unknown) =>
    JSON.stringify(message, (_key, one: unknown) =>
      one instanceof Uint8Array
        ? { $bytes: btoa(Array.from(one, (byte) => String.fromCodePoint(byte)).join('')) }
        : one,
    );
  let arrived: string[] = [];
  let wake = () => undefined as void;
  port.addEventListener('message', (event) => {
    arrived.push(text(event.data));
    wake();
  });
  port.start();
  const own: Own = {
    async testNext() {
      if (arrived.length === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      const texts = arrived;
      arrived = [];
      return texts;
    },
    testPost: (message) => port.postMessage(message),
  };
  Object.assign(window, own);
}
