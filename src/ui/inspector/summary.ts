import type { ComponentDetail } from '../../api/component.ts';
import { ROLES } from '../../model/component.ts';
import { markOf, valueWords } from '../words/cell.ts';
import { say } from '../words/index.ts';

/** One sentence beside the clarity badge: why it is so. */
export function claritySentence(detail: ComponentDetail, ownerlessClass: boolean): string {
  const mark = markOf(detail.cells);
  if (mark === 'out')
    return say('inspector.summary.out', { state: valueWords('state', detail.cells['state'] ?? null) });
  if (mark === 'clear') return say('inspector.summary.clear');
  if (mark === 'disputed') return say('inspector.summary.disputed');
  if (detail.cells['confirmation'] === 'ownerless') return say('inspector.summary.ownerless');
  const missing = ROLES.filter((role) => !(detail.roles[role].id !== null && detail.roles[role].valid));
  if (missing.length === ROLES.length) return say('inspector.summary.none');
  if (missing.length === 1 || missing.length === 2 || missing.length === 3) {
    const roles = missing.map((role) => say(`values.roleShort.${role}`)).join(say('inspector.summary.separator'));
    return say(`inspector.summary.missing${missing.length}`, { roles });
  }
  return say(ownerlessClass ? 'inspector.summary.ownerlessClass' : 'inspector.summary.unconfirmed');
}
