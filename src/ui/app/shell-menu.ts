import { say } from '../words/index.ts';
import { useActions } from './actions.ts';
import type { Engine } from './engine.ts';
import { isTyping } from './keys.ts';
import { receive } from './project.ts';
import { useToasts } from './stores/toasts.ts';

/** What the desktop shell sends on its own: choices in the native menu, and files the computer asks Gewu to open. */
export function followShell(engine: Engine): void {
  engine.host.onAction?.(perform);
  engine.host.onFiles?.((files) => void receive(engine, files));
}

/** An action of the frame or of the screen shown, by its id; a disabled one says why. */
function perform(id: string): void {
  // In a field, undo and redo are the field's own, as their keys are.
  if ((id === 'undo' || id === 'redo') && isTyping(document.activeElement)) {
    document.execCommand(id);
    return;
  }
  const found = useActions.getState().actions.findLast((one) => one.id === id && one.available());
  if (found === undefined) {
    useToasts.getState().show({ tone: 'notice', text: say('frame.needsProject') });
    return;
  }
  const because = found.disabledBecause();
  if (because === null) found.perform();
  else useToasts.getState().show({ tone: 'notice', text: say(because) });
}
