import { GewuError } from '../../api/error.ts';
import type { Role } from '../../model/component.ts';
import { unitCoded, unitNamed, unresolvedTexts } from '../../project/edits/unit-names.ts';
import type { CommandHandlers } from '../lanes/handlers.ts';

export const unitCommands: Pick<CommandHandlers, 'unit.add' | 'unit.addAlias'> = {
  'unit.add'(ctx, { name, shortName, code, creditCode, kind }) {
    const { db } = ctx.project;
    for (const known of [code, creditCode]) if (known !== undefined) refuseTaken(unitCoded(db, known), known);
    for (const known of [name, shortName]) if (known !== undefined) refuseTaken(unitNamed(db, known), known);
    const { revision, value } = ctx.revise({ name }, (tx) =>
      tx.insert('unit', {
        name,
        short_name: shortName ?? null,
        code: code ?? null,
        credit_code: creditCode ?? null,
        kind: kind ?? null,
      }),
    );
    return { revision, id: value };
  },

  'unit.addAlias'(ctx, { unitId, alias }) {
    const { db } = ctx.project;
    const taken = unitNamed(db, alias);
    if (taken !== null && taken.id !== unitId) refuseTaken(taken, alias);
    const { revision, value } = ctx.revise({ alias }, (tx) => {
      const unit = tx.read('unit', unitId);
      if (unit === null)
        throw new GewuError('not-found', `There is no unit ${unitId}.`, { reason: 'row', layer: 'unit', id: unitId });
      if (taken === null) tx.insert('unit_alias', { unit_id: unitId, alias });
      const texts = unresolvedTexts(db, alias);
      for (const { id, role } of texts) tx.update('component', id, { [columnOf(role)]: unitId });
      Object.assign(tx.summary, { name: unit['name'], count: new Set(texts.map(({ id }) => id)).size });
      return texts.length;
    });
    return { revision, resolved: value };
  },
};

function columnOf(role: Role): string {
  return `${role}_id`;
}

function refuseTaken(taken: { id: number; name: string } | null, name: string): void {
  if (taken === null) return;
  throw new GewuError('exists', `"${name}" stands for ${taken.name} already.`, {
    reason: 'unit-name',
    name,
    unit: taken,
    unitName: taken.name,
  });
}
