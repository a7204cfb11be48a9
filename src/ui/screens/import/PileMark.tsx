import { IconEqual, IconMinus, IconPencil, IconPlus, IconQuestionMark } from '@tabler/icons-react';
import type { Pile } from '../../../api/delivery.ts';

const ICONS = {
  new: IconPlus,
  changed: IconPencil,
  gone: IconMinus,
  same: IconEqual,
  unclear: IconQuestionMark,
} as const;

/** + ✎ − = ?: the five piles by shape, then colour. */
export function PileMark({ pile, small = false }: { pile: Pile; small?: boolean }) {
  const Icon = ICONS[pile];
  return (
    <span className={`pile-mark is-${pile}${small ? ' is-small' : ''}`}>
      <Icon size={small ? 11 : 14} stroke={1.8} aria-hidden />
    </span>
  );
}
