import { useCallback } from 'react';
import type { BatchInfo, Decision, Pile } from '../../../api/delivery.ts';
import type { Input } from '../../../api/contract.ts';
import { useCommand, useEngine } from '../../app/engine.ts';
import { withPerson } from '../../app/project.ts';
import { refreshBatches } from './flow-actions.ts';
import type { PileFilter } from './use-batch-rows.ts';

export type Select = Input<'batch.decide'>['select'];

export function useDecide(batch: BatchInfo): {
  decide: (selects: readonly Select[], decision: Decision) => void;
  busy: boolean;
  closed: boolean;
} {
  const engine = useEngine();
  const { run, busy } = useCommand('batch.decide', { quiet: true });
  const decide = useCallback(
    (selects: readonly Select[], decision: Decision) => {
      withPerson(() => {
        void (async () => {
          for (const select of selects) await run({ id: batch.id, select, decision });
          refreshBatches(engine);
        })();
      });
    },
    [batch.id, engine, run],
  );
  return { decide, busy, closed: batch.state !== 'staged' && batch.state !== 'accepted' };
}

/** What "everything shown" means to the engine: a pile, by every combination of the classes, streets, reasons and columns ticked. */
export function selectsOf(pile: Pile, filter: Omit<PileFilter, 'decision'>): Select[] {
  let selects: Select[] = [{ pile }];
  for (const part of ['classCode', 'street', 'reason', 'column'] as const) {
    const values = filter[part];
    if (values.length > 0) selects = selects.flatMap((select) => values.map((value) => ({ ...select, [part]: value })));
  }
  return selects;
}
