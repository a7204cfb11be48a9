/** Keys as they stand on the keyboard: Ctrl K. */
export function KeyHint({ keys }: { keys: string }) {
  return <kbd className="kbd">{keys}</kbd>;
}
