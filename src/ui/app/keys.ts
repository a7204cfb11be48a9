/** Elements in which letters are text, not commands. */
export function isTyping(target: EventTarget | null): boolean {
  if (target === null || !('closest' in target)) return false;
  const element = target as Element;
  return (
    element.closest('input:not([type=checkbox]):not([type=radio]),textarea,select,[contenteditable=true]') !== null
  );
}

type KeyPress = Pick<
  KeyboardEvent,
  'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey' | 'target' | 'isComposing' | 'defaultPrevented'
>;

/**
 * Whether a key press is 'Ctrl+Shift+Z', 'F', 'Escape' and so on. Ctrl stands for Command on a Mac. While an input method composes nothing
 * matches; while a field has the focus only Escape, function keys and combinations with Ctrl do, and of those not the field's own (Ctrl A, C, V, X, Z, Y).
 */
export function matchesKeys(event: KeyPress, keys: string): boolean {
  if (event.isComposing || event.key === 'Process' || event.defaultPrevented) return false;
  const parts = partsOf(keys);
  const key = parts.at(-1) ?? '';
  const ctrl = parts.includes('Ctrl');
  if (ctrl !== (event.ctrlKey || event.metaKey) || parts.includes('Alt') !== event.altKey) return false;
  // '?' is a shifted key on most keyboards; what it prints is what counts.
  if (/^[\p{L}\d]$|^.{2,}$/u.test(key) && parts.includes('Shift') !== event.shiftKey) return false;
  if (event.key.toLowerCase() !== key.toLowerCase()) return false;
  if (!isTyping(event.target)) return true;
  if (key === 'Escape' || /^F\d+$/u.test(key)) return true;
  return ctrl && !/^[acvxzy]$/iu.test(key);
}

const NAMES: Record<string, string> = { Delete: 'Del', Escape: 'Esc', ArrowUp: '↑', ArrowDown: '↓' };

/** 'Ctrl+Z' as its keys; the plus key itself is written last, as in '+' or 'Ctrl++'. */
function partsOf(keys: string): string[] {
  return keys.endsWith('+')
    ? [
        ...keys
          .slice(0, -1)
          .split('+')
          .filter((part) => part !== ''),
        '+',
      ]
    : keys.split('+');
}

/** As shown to a person: 'Ctrl Z'. */
export function keyName(keys: string): string {
  return partsOf(keys.split(' ')[0] ?? '')
    .map((part) => NAMES[part] ?? part)
    .join(' ');
}
