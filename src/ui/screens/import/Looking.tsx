import { useEffect, useState } from 'react';
import { useEngine } from '../../app/engine.ts';
import { useTasks } from '../../app/stores/tasks.ts';
import { Progress } from '../../app/TasksButton.tsx';
import { taskLine } from '../../app/task-words.ts';
import { Button } from '../../kit/Button.tsx';
import { ErrorNote } from '../../kit/notes.tsx';
import { useWords } from '../../words/index.ts';
import { deliveryName, deliverySize } from './delivery-words.ts';
import { stepOf, useFlow } from './flow.ts';
import { inspect, leave, stop } from './flow-actions.ts';
import { ImportHead } from './Steps.tsx';

/** While files are looked at or read: what is done, how much is left, and how to stop. */
export function Looking() {
  const { t } = useWords();
  const engine = useEngine();
  const flow = useFlow();
  const staging = flow.job?.method === 'delivery.stage';
  return (
    <>
      <ImportHead title={deliveryName(flow.files)} about={deliverySize(flow.files)} step={stepOf(flow)} />
      <div className="imp-wait">
        {flow.error !== null && (
          <>
            <ErrorNote error={flow.error} onRetry={() => void inspect(engine)} />
            <Button onClick={() => leave(engine)}>{t('importing.back')}</Button>
          </>
        )}
        {flow.error === null && (
          <>
            <p className="strong">{t(staging ? 'importing.wait.staging' : 'importing.wait.looking')}</p>
            <TaskProgress id={flow.job?.id ?? null} />
            <p className="sm t2">{t(staging ? 'importing.wait.stagingAbout' : 'importing.wait.lookingAbout')}</p>
            <Button onClick={() => (staging ? stop(engine) : leave(engine))}>{t('frame.cancel')}</Button>
          </>
        )}
      </div>
    </>
  );
}

/** Bar and figures of one task; rate and time left once it has run for a while. */
export function TaskProgress({ id }: { id: string | null }) {
  const { t } = useWords();
  const task = useTasks((s) => (id === null ? undefined : s.tasks[id]));
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  const line = task === undefined ? null : taskLine(task, now);
  return (
    <div className="imp-progress">
      <Progress share={line?.share ?? null} label={line?.title ?? t('frame.loading')} />
      <p className="xs t3" role="status">
        {line === null ? t('frame.loading') : `${line.stage} ${line.detail}`}
      </p>
    </div>
  );
}
