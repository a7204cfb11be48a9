import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';

/** A log longer than this becomes the old one; one old one is kept. */
const MOST_BYTES = 2_000_000;

/** Where faults of Gewu's own are written down, so that a person can hand them in. Nothing else goes here. */
export class FaultLog {
  readonly path: string;

  constructor(folder: string) {
    this.path = path.join(folder, 'gewu.log');
  }

  append(text: string): void {
    try {
      mkdirSync(path.dirname(this.path), { recursive: true });
      const size = statSync(this.path, { throwIfNoEntry: false })?.size ?? 0;
      if (size > MOST_BYTES) renameSync(this.path, `${this.path}.old`);
      appendFileSync(this.path, `${new Date().toISOString()} ${text}\n`);
    } catch {
      // A log that cannot be written must not hide the fault it was about.
      process.stderr.write(`${text}\n`);
    }
  }
}
