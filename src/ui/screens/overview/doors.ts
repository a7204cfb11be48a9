import { useFilter, type Condition } from '../../app/stores/filter.ts';
import { useSession } from '../../app/stores/session.ts';

/** Leads from a figure to its components: the filter becomes exactly what the figure counted. */
export function openComponents(conditions: readonly Condition[]): void {
  useFilter.getState().replace(conditions);
  useSession.getState().go('components');
}

/** Figures of the clarity rate count what is in service; their doors must lead to as many. */
export const IN_SERVICE: Condition = {
  kind: 'door',
  id: 'in-service',
  words: 'components.inService',
  filter: { op: '=', column: 'in_service', value: 1 },
};
