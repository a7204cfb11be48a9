import { ROLES, type Clarity, type Role } from './component.ts';

/** The day's question to a unit: is it valid on that day? Dates are ISO 8601, so text order is time order. */
export function unitValidOn(unit: { valid_from: string | null; valid_to: string | null }, day: string): boolean {
  return (unit.valid_from === null || unit.valid_from <= day) && (unit.valid_to === null || unit.valid_to >= day);
}

export interface ClarityInput {
  confirmation: string | null;
  /** The unit id of each role; null where nobody is named. */
  roles: Record<Role, number | null>;
  /** Is the class, by scheme and code, one of nobody's things (无主, 不明)? Unknown classes are not. */
  ownerlessClass: boolean;
}

/**
 * 权责明晰, from the columns alone, in this order: disputed · clear (confirmed, all four roles held by units valid on the day, class not
 * ownerless) · unclear (no role held by a valid unit, or found ownerless) · partial.
 * `isValid` answers whether the unit with that id exists and is valid on the day asked about.
 */
export function clarityOf(input: ClarityInput, isValid: (unitId: number) => boolean): Clarity {
  if (input.confirmation === 'disputed') return 'disputed';
  const valid = ROLES.filter((role) => {
    const id = input.roles[role];
    return id !== null && isValid(id);
  }).length;
  if (input.confirmation === 'confirmed' && valid === ROLES.length && !input.ownerlessClass) return 'clear';
  return valid === 0 || input.confirmation === 'ownerless' ? 'unclear' : 'partial';
}
