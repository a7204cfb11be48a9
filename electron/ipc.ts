import { BrowserWindow, ipcMain, type IpcMainEvent, type IpcMainInvokeEvent } from 'electron';
import type { z } from 'zod';
import type { Answer } from '../src/api/bridge.ts';
import { GewuError, toWireError } from '../src/api/error.ts';
import { isOwnPage } from './address.ts';

/**
 * The window a message came from, or null unless it came from the app's own page in the window's main frame: whatever a frame inside a page
 * might hold, it is not heard.
 */
function senderOf(event: IpcMainEvent | IpcMainInvokeEvent): BrowserWindow | null {
  const frame = event.senderFrame;
  if (frame === null || frame.parent !== null || !isOwnPage(frame.url)) return null;
  return BrowserWindow.fromWebContents(event.sender);
}

/** Answers `invoke` on a channel. Faults are answers too: an Error thrown here would reach the page as a message alone. */
export function answer<I, T>(
  channel: string,
  input: z.ZodType<I>,
  work: (input: I, window: BrowserWindow) => Promise<T>,
): void {
  ipcMain.handle(channel, async (event, given: unknown): Promise<Answer<T>> => {
    try {
      const window = senderOf(event);
      if (window === null)
        throw new GewuError('refused', 'Only the pages of Gewu may ask this.', { reason: 'own-pages' });
      const parsed = input.safeParse(given);
      if (!parsed.success)
        throw new GewuError('input', `${channel}: the input is not usable.`, {
          reason: 'request',
        });
      return { ok: true, value: await work(parsed.data, window) };
    } catch (error) {
      return { ok: false, error: toWireError(error) };
    }
  });
}

/** Hears messages on a channel; those of strangers and those that do not fit are passed over. */
export function hear<I>(channel: string, input: z.ZodType<I>, work: (input: I, window: BrowserWindow) => void): void {
  ipcMain.on(channel, (event, given: unknown) => {
    const window = senderOf(event);
    const parsed = input.safeParse(given);
    if (window !== null && parsed.success) work(parsed.data, window);
  });
}
