import type { WireError } from './error.ts';
import type { Host, Look } from './client.ts';
import type { FileRef } from './shared.ts';

/** Between page and preload script an Error keeps its message alone; answers cross as values instead. */
export type Answer<T> = { ok: true; value: T } | { ok: false; error: WireError };

type Pick = NonNullable<Host['pick']>;
type SaveAs = NonNullable<Host['saveAs']>;

/** What the preload script of the desktop shell puts into the page as `window.gewu`. Paths never pass through it. */
export interface Bridge {
  /** Native dialog; null when the person thought better of it. */
  pick(...args: Parameters<Pick>): Promise<Answer<Awaited<ReturnType<Pick>>>>;
  saveAs(...args: Parameters<SaveAs>): Promise<Answer<Awaited<ReturnType<SaveAs>>>>;
  /** Dropped or chosen files by where they lie on the disk, without copying. */
  take(files: File[]): Promise<Answer<FileRef[]>>;
  /** Shows a file Gewu wrote in its folder. */
  deliver(file: FileRef): Promise<Answer<null>>;
  setTitle(title: string): void;
  setLook(look: Look): void;
  /** Calls back with the id of the action chosen in the native menu. */
  onAction(perform: (id: string) => void): void;
  /** Calls back with files the computer asks Gewu to open, those it was started with too. */
  onFiles(take: (files: FileRef[]) => void): void;
}

/**
 * Messages between page and preload script, posted into their own window: the page wants a port to the engine; here is one (also
 * after the engine was started anew); the engine behind the last one is gone.
 */
export const PORT_WORDS = { wanted: 'gewu-port-wanted', here: 'gewu-port', lost: 'gewu-port-lost' } as const;
