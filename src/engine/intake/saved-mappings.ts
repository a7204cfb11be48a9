import type { ImportAs } from '../../api/delivery.ts';
import { getBatch, type Store } from '../../project/batches/batches.ts';
import { mappingRow, mappingsOfKind } from '../../project/batches/mappings.ts';
import type { LaneContext } from '../lanes/context.ts';
import { headingKey } from './dictionary.ts';
import { headerSignature } from './plan.ts';

/** Remembers the mappings of staged tables by their header signature, so that the supplier's next delivery needs none. One revision; none when nothing is new. */
export function saveMappings(ctx: Pick<LaneContext, 'project' | 'person' | 'window'>, batchIds: number[]): void {
  const { project, person, window } = ctx;
  const batches = batchIds.map((id) => getBatch(project.db, id)).filter((batch) => batch !== null);
  const at = new Date().toISOString();
  project.revise({ command: 'mapping.save', summary: { count: batches.length }, person, window }, (tx) => {
    for (const batch of batches) {
      for (const table of batch.tables) {
        const signature = `${batch.kind}:${headerSignature(table.mapping.map((entry) => entry.field))}`;
        const mapping = JSON.stringify(table.mapping);
        const held = mappingRow(project.db, signature);
        if (held === null)
          tx.insert('gewu_mapping', { signature, kind: batch.kind, name: batch.name, mapping, person, at });
        else if (held.mapping !== mapping)
          tx.update('gewu_mapping', held.id, { mapping, name: batch.name, person, at });
      }
    }
  });
}

interface FieldMapping {
  field: string;
  /** Column it fills, or null: kept in `extra`. */
  to: string | null;
}

/** Share of headings two forms must have in common for one's mapping to serve the other. */
const ALIKE = 0.7;

/**
 * The mapping saved for these very headings, in any order, else for the likest form of the same kind: a column that came or went leaves
 * the others' places as they were. Only the fields that are there are spoken of; the rest is guessed as ever.
 */
export function findMapping(store: Store, as: ImportAs, signature: string, headings: string[]): FieldMapping[] | null {
  const exact = mappingRow(store, `${as}:${signature}`);
  if (exact !== null) return parse(exact.mapping);
  const keys = new Set(headings.map(headingKey));
  let best: { share: number; mapping: FieldMapping[] } | null = null;
  for (const text of mappingsOfKind(store, as)) {
    const mapping = parse(text);
    const known = new Set(mapping.map(({ field }) => headingKey(field)));
    const common = [...keys].filter((key) => known.has(key)).length;
    const share = common / new Set([...keys, ...known]).size;
    if (share >= ALIKE && share > (best?.share ?? 0)) best = { share, mapping };
  }
  return best?.mapping.filter(({ field }) => keys.has(headingKey(field))) ?? null;
}

function parse(text: string): FieldMapping[] {
  return JSON.parse(text) as FieldMapping[];
}
