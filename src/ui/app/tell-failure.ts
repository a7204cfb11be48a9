import { failureWords } from '../words/failure.ts';
import { useSession } from './stores/session.ts';
import { useToasts } from './stores/toasts.ts';

/** Says what went wrong in one sentence. */
export function tellFailure(error: unknown): void {
  useToasts.getState().show({ tone: 'error', text: failureWords(error, useSession.getState().language) });
}
