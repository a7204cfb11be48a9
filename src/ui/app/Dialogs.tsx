import { Backups } from '../screens/start/Backups.tsx';
import { Browse } from '../screens/start/Browse.tsx';
import { InUse } from '../screens/start/InUse.tsx';
import { NewProject } from '../screens/start/NewProject.tsx';
import { KeySheet } from './KeySheet.tsx';
import { Palette } from './Palette.tsx';
import { PersonDialog } from './PersonDialog.tsx';
import { useDialogs } from './stores/dialogs.ts';

/** Whatever dialog is open, and the folder browser over it. */
export function Dialogs() {
  const { open, browse } = useDialogs();
  return (
    <>
      {open?.id === 'keys' && <KeySheet />}
      {open?.id === 'palette' && <Palette />}
      {open?.id === 'person' && <PersonDialog after={open.after} />}
      {open?.id === 'new-project' && <NewProject />}
      {open?.id === 'backups' && <Backups file={open.file} />}
      {open?.id === 'in-use' && <InUse file={open.file} holder={open.holder} />}
      {browse !== null && <Browse request={browse} />}
    </>
  );
}
