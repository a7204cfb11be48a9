import { EventEmitter } from 'node:events';
import type { FrameLike, WebContents } from './contents.ts';
import type { FromPage } from './realm.ts';

interface Event {
  sender: WebContents;
  senderFrame: FrameLike;
}
type Handler = (event: Event, ...args: unknown[]) => unknown;

const handlers = new Map<string, Handler>();

class IpcMain extends EventEmitter {
  handle(channel: string, handler: Handler): void {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    handlers.set(channel, handler);
  }
}
export const ipcMain = new IpcMain();

/** One message of a page. An error keeps its message alone on the way back. */
export async function dispatch(
  sender: WebContents,
  senderFrame: FrameLike,
  message: Pick<FromPage, 'kind' | 'channel' | 'args'>,
): Promise<{ value?: unknown; error?: string }> {
  const event = { sender, senderFrame };
  if (message.kind === 'send') {
    ipcMain.emit(message.channel, event, ...message.args);
    return {};
  }
  const handler = handlers.get(message.channel);
  if (handler === undefined) return { error: `No handler registered for '${message.channel}'` };
  try {
    return { value: structuredClone(await handler(event, ...message.args)) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}
