import { useEffect } from 'react';
import { useEngine } from '../../app/engine.ts';
import { useImporting } from '../../app/stores/importing.ts';
import { useSession } from '../../app/stores/session.ts';
import { BatchList } from './BatchList.tsx';
import { BatchView } from './BatchView.tsx';
import { EvidenceView } from './EvidenceView.tsx';
import { NO_FLOW, useFlow } from './flow.ts';
import { lookAt } from './flow-actions.ts';
import { Looking } from './Looking.tsx';

/** A delivery on its way in, or the list of all of them. */
export function ImportScreen() {
  const engine = useEngine();
  const project = useSession((s) => s.project?.file.name ?? null);
  const waiting = useImporting((s) => s.files);
  const flow = useFlow();
  useEffect(() => {
    if (useFlow.getState().project !== project) useFlow.setState({ ...NO_FLOW, project });
    // The effect may run again before the emptied list is drawn: what was taken once is not taken for nothing a second time.
    const files = waiting.length > 0 ? useImporting.getState().take() : [];
    if (files.length > 0) lookAt(engine, files);
  }, [engine, project, waiting]);
  if (flow.batch !== null) return <BatchView key={flow.batch} id={flow.batch} />;
  if (flow.job?.method === 'delivery.stage') return <Looking />;
  if (flow.inspection !== null) return <EvidenceView inspection={flow.inspection} />;
  return flow.job !== null || flow.error !== null ? <Looking /> : <BatchList />;
}
