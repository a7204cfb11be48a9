import { Popover } from '@mantine/core';
import { IconActivity } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { TaskInfo } from '../../api/project.ts';
import { Button } from '../kit/Button.tsx';
import { IconButton } from '../kit/IconButton.tsx';
import { useWords } from '../words/index.ts';
import { useEngine } from './engine.ts';
import { taskLine } from './task-words.ts';
import { underWay, useTasks } from './stores/tasks.ts';

const SHOWN = 8;

/** What runs in the background and what ran lately. */
export function TasksButton() {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const tasks = useTasks((s) => s.tasks);
  const running = underWay(tasks);
  const recent = Object.values(tasks)
    .toSorted((a, b) => b.startedAt - a.startedAt)
    .slice(0, SHOWN);
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" width={320}>
      <Popover.Target>
        <IconButton label={t('frame.tasks.title')} on={open} onClick={() => setOpen(!open)}>
          <IconActivity size={16} stroke={1.5} />
          {running.length > 0 && <span className="dot" />}
        </IconButton>
      </Popover.Target>
      <Popover.Dropdown className="tasks" aria-label={t('frame.tasks.title')}>
        {recent.length === 0 && <p className="sm t3">{t('frame.tasks.none')}</p>}
        {recent.map((task) => (
          <TaskRow key={task.id} task={task} />
        ))}
      </Popover.Dropdown>
    </Popover>
  );
}

export function TaskRow({ task }: { task: TaskInfo }) {
  const { t } = useWords();
  const engine = useEngine();
  const active = task.state === 'running' || task.state === 'waiting';
  const now = useNow(active);
  const line = taskLine(task, now);
  return (
    <div className="task">
      <div className="row g2">
        <span className="sm grow cut">{line.title}</span>
        {active && (
          <Button small look="bare" onClick={() => engine.cancel(task.id)}>
            {t('frame.tasks.cancel')}
          </Button>
        )}
        {!active && <span className="xs t3">{t(`frame.taskState.${task.state}`)}</span>}
      </div>
      {active && <Progress share={line.share} label={line.title} />}
      {active && (
        <p className="xs t3">
          {line.stage} {line.detail}
        </p>
      )}
    </div>
  );
}

export function Progress({ share, label }: { share: number | null; label: string }) {
  const known = share === null ? {} : { value: share };
  return <progress className="progress" aria-label={label} {...known} />;
}

/** The clock, once a second while something runs. */
function useNow(active: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!active) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [active]);
  return now;
}
