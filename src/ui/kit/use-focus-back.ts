import { useEffect, useState } from 'react';

/** What a dialog does when it goes: the focus returns to where it was, unless something else has taken it. */
export function useFocusBack(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      // Asked once the dialog is out of the page, when the focus it had is nobody's.
      requestAnimationFrame(() => {
        const nobody = document.activeElement === null || document.activeElement === document.body;
        if (nobody && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
      });
    },
    [before],
  );
}
