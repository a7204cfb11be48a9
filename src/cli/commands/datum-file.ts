import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { datumShift } from '../../api/datum.ts';
import { GewuError, toWireError } from '../../api/error.ts';

/**
 * `--datum params.json`, described in docs/formats/datum.md.
 * @throws GewuError 'not-found', 'input' naming the place in the file that does not fit
 */
export function readDatum(file: string): z.infer<typeof datumShift> {
  if (!existsSync(file)) throw new GewuError('not-found', `There is no file ${file}.`, { reason: 'file', path: file });
  try {
    return datumShift.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    const issue = error instanceof z.ZodError ? error.issues[0] : undefined;
    const why = issue === undefined ? toWireError(error).message : `${issue.path.join('.')} ${issue.message}`.trim();
    throw new GewuError('input', `${path.basename(file)} is not a usable datum shift: ${why.replace(/\.$/u, '')}.`, {
      reason: 'datum-file',
      file,
      place: issue?.path.join('.') ?? '',
    });
  }
}
