import { KNOWN_STATES } from '../model/component.ts';
import { defineCheck, onComponent, textCell } from './check.ts';

const KNOWN: readonly string[] = KNOWN_STATES;

/** The state is one the standard names. The list is open ("等"), so another one is a thing to look at, not an error. */
export const stateKnown = defineCheck({
  id: 'state-known',
  severity: 'info',
  reach: 'self',
  clause: 'GB/T 47678.5-2026 GLBJZT',
  layers: ['component'],
  *check(row) {
    const state = textCell(row, 'state');
    if (state !== null && !KNOWN.includes(state)) yield onComponent(this.id, row, '', { value: state });
  },
});
