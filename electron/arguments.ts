import path from 'node:path';
import { parseArgs } from 'node:util';

export interface Given {
  /** Absolute paths of projects and deliveries to open. */
  files: string[];
  /** Signs changes instead of the person kept in the settings. */
  by: string | null;
}

/** The command line after the program (and, while developing, its script). What Chromium adds of its own is passed over. */
export function readArguments(args: readonly string[], folder: string): Given {
  const { values, positionals } = parseArgs({
    args: [...args],
    strict: false,
    allowPositionals: true,
    options: { by: { type: 'string' }, port: { type: 'string' } },
  });
  const by = typeof values['by'] === 'string' && values['by'] !== '' ? values['by'] : null;
  return { files: positionals.map((file) => path.resolve(folder, file)), by };
}
