import { readFileSync } from 'node:fs';

/** The version in package.json, looked for upwards from this module so that it is found from a bundle too. */
export function ownVersion(): string {
  for (const up of ['../../package.json', '../package.json', './package.json']) {
    try {
      const found = JSON.parse(readFileSync(new URL(up, import.meta.url), 'utf8')) as {
        name?: string;
        version?: string;
      };
      if (found.name === 'gewu' && found.version !== undefined) return found.version;
    } catch {
      // Not here: one folder further.
    }
  }
  return '0.0.0';
}
