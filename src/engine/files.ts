import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import path from 'node:path';
import { GewuError } from '../api/error.ts';
import type { FileRef } from '../api/shared.ts';

/** Which paths the page may speak of. A token stands for one path as long as the engine lives; nobody can make one up. */
export class FileRegistry {
  readonly #pathOf = new Map<string, string>();
  readonly #refOf = new Map<string, string>();
  readonly #results = new Set<string>();

  /** The token of a path (absolute or not yet existing is fine); the same path always gets the same token. */
  add(file: string): FileRef {
    const full = path.resolve(file);
    let ref = this.#refOf.get(full);
    if (ref === undefined) {
      ref = randomBytes(18).toString('base64url');
      this.#register(ref, full);
    }
    const size = sizeOf(full);
    return { ref, name: path.basename(full) || full, ...(size === null ? {} : { size }) };
  }

  /** Takes over the token of a file Gewu wrote: the only ones that may be downloaded. */
  addResult(ref: string, full: string): void {
    this.#register(ref, full);
    this.#results.add(ref);
  }

  /** Path of a file Gewu wrote, or null for every other token. */
  resultPath(ref: string): string | null {
    return this.#results.has(ref) ? (this.#pathOf.get(ref) ?? null) : null;
  }

  #register(ref: string, full: string): void {
    this.#pathOf.set(ref, full);
    this.#refOf.set(full, ref);
  }

  /** @throws GewuError 'not-found' for a token that was never given out */
  path(ref: string): string {
    const full = this.#pathOf.get(ref);
    if (full === undefined)
      throw new GewuError('not-found', 'This file is no longer known; pick it again.', { reason: 'file-ref', ref });
    return full;
  }

  /** Paths of every token that occurs in a checked input, at any depth. */
  pathsIn(input: unknown): Record<string, string> {
    const found: Record<string, string> = {};
    const visit = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      if (Array.isArray(value)) {
        // Long lists hold ids or changes, never tokens: only lists of objects with a token are walked.
        if (typeof value[0] === 'object') value.forEach(visit);
        return;
      }
      const own = value as Record<string, unknown>;
      const ref = own['ref'];
      if (typeof ref === 'string' && typeof own['name'] === 'string') found[ref] = this.path(ref);
      else for (const key of ['file', 'files', 'folder', 'target', 'backup']) visit(own[key]);
    };
    visit(input);
    return found;
  }
}

function sizeOf(full: string): number | null {
  const stat = statSync(full, { throwIfNoEntry: false });
  return stat?.isFile() === true ? stat.size : null;
}
