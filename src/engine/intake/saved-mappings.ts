import type { LaneContext } from '../lanes/context.ts';
import { getBatch } from '../../project/batches/batches.ts';
import { mappingRow } from '../../project/batches/mappings.ts';
import { headerSignature } from './plan.ts';

/** Remembers the mappings of staged tables by their header signature, so that the supplier's next delivery needs none. One revision; none when nothing is new. */
export function saveMappings(ctx: LaneContext, batchIds: number[]): void {
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
