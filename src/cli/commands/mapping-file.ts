import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { tablePlan, type Inspection, type TablePlan } from '../../api/delivery.ts';
import { GewuError, toWireError } from '../../api/error.ts';

const forAll = tablePlan.omit({ file: true, table: true });

/** `--mapping m.json`: `{tables: […]}` a plan a table, else one plan for every table. Published as docs/formats/mapping.schema.json. */
export const mappingFile = z.union([z.strictObject({ tables: z.array(tablePlan) }), z.strictObject(forAll.shape)]);
export type MappingFile = z.infer<typeof mappingFile>;

/** @throws GewuError 'not-found', 'input' naming the place in the file that does not fit */
export function readMapping(file: string): MappingFile {
  if (!existsSync(file)) throw new GewuError('not-found', `There is no file ${file}.`, { reason: 'file', path: file });
  try {
    return mappingFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    const issue = error instanceof z.ZodError ? error.issues[0] : undefined;
    const why = issue === undefined ? toWireError(error).message : `${issue.path.join('.')} ${issue.message}`.trim();
    throw new GewuError('input', `${path.basename(file)} is not a usable mapping: ${why.replace(/\.$/u, '')}.`, {
      reason: 'mapping-file',
      file,
      place: issue?.path.join('.') ?? '',
    });
  }
}

/** What options and a mapping file say of each table found; what neither says is decided by evidence. An option goes before the file. */
export function planTables(
  found: Inspection,
  said: Partial<TablePlan>,
  mapping: MappingFile | null,
  sheet: string | undefined,
): TablePlan[] {
  if (sheet !== undefined && !found.tables.some((table) => table.name === sheet)) {
    const names = found.tables.map((table) => table.name);
    throw new GewuError('input', `There is no sheet "${sheet}"; there are ${names.join(', ')}.`, {
      reason: 'no-sheet',
      sheet,
      names,
    });
  }
  const planned = mapping !== null && 'tables' in mapping ? mapping.tables : [];
  const stray = planned.find(
    (plan) => !found.tables.some(({ file, name }) => plan.file === file && plan.table === name),
  );
  if (stray !== undefined) {
    const names = found.tables.map(({ file, name }) => `${file} / ${name}`);
    throw new GewuError(
      'input',
      `The mapping speaks of ${stray.file} / ${stray.table}, which is not in the delivery (${names.join(', ')}).`,
      { reason: 'mapping-stray', file: stray.file, table: stray.table, names },
    );
  }
  return found.tables.map(({ file, name }) => {
    const skip = sheet !== undefined && name !== sheet ? { skip: true } : {};
    return { ...planFor(mapping, file, name), ...said, ...skip, file, table: name };
  });
}

function planFor(mapping: MappingFile | null, file: string, table: string): Partial<TablePlan> {
  if (mapping === null) return {};
  if (!('tables' in mapping)) return mapping;
  return mapping.tables.find((plan) => plan.file === file && plan.table === table) ?? {};
}
