import type { TaskInfo } from '../../api/project.ts';
import { count, say, sayIf } from '../words/index.ts';

const TELL_RATE_AFTER_MS = 3000;

export interface TaskLine {
  title: string;
  stage: string;
  /** 0..1, or null while the total is unknown. */
  share: number | null;
  /** '3,200 / 14,208 · 1,100 a second · about 9 s left'; rate and time only once it has run for a while. */
  detail: string;
}

/** A task in words; `now` in the same clock as `startedAt` (ms since 1970). */
export function taskLine(task: TaskInfo, now: number): TaskLine {
  const share = task.total === null || task.total === 0 ? null : Math.min(1, task.done / task.total);
  const parts: string[] = [];
  if (task.done > 0) parts.push(task.total === null ? count(task.done) : `${count(task.done)} / ${count(task.total)}`);
  const elapsed = now - task.startedAt;
  if (elapsed > TELL_RATE_AFTER_MS && task.done > 0) {
    const perSecond = task.done / (elapsed / 1000);
    parts.push(say('frame.tasks.rate', { rate: count(Math.round(perSecond)) }));
    if (task.total !== null)
      parts.push(say('frame.tasks.left', { left: duration((task.total - task.done) / perSecond) }));
  }
  return {
    title: sayIf(`frame.task.${task.method.replaceAll('.', '·')}`) ?? task.method,
    stage: sayIf(`frame.stage.${task.stage}`) ?? '',
    share,
    detail: parts.join(' · '),
  };
}

function duration(seconds: number): string {
  return seconds < 90
    ? say('frame.tasks.seconds', { n: Math.max(1, Math.round(seconds)) })
    : say('frame.tasks.minutes', { n: Math.round(seconds / 60) });
}
