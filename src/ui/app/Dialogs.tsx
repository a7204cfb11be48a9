import { KeySheet } from './KeySheet.tsx';
import { PersonDialog } from './PersonDialog.tsx';
import { useDialogs } from './stores/dialogs.ts';

/** Whatever dialog is open. */
export function Dialogs() {
  const open = useDialogs((s) => s.open);
  return (
    <>
      {open?.id === 'keys' && <KeySheet />}
      {open?.id === 'person' && <PersonDialog then={open.then} />}
    </>
  );
}
