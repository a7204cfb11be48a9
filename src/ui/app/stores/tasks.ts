import { create } from 'zustand';
import type { TaskInfo } from '../../../api/project.ts';

interface Tasks {
  tasks: Readonly<Record<string, TaskInfo>>;
  note: (task: TaskInfo) => void;
  replace: (tasks: readonly TaskInfo[]) => void;
}

/** What the engine is doing, fed by its task events. */
export const useTasks = create<Tasks>()((set) => ({
  tasks: {},
  note: (task) => set((now) => ({ tasks: { ...now.tasks, [task.id]: task } })),
  replace: (tasks) => set({ tasks: Object.fromEntries(tasks.map((task) => [task.id, task])) }),
}));

export function underWay(tasks: Readonly<Record<string, TaskInfo>>): TaskInfo[] {
  return Object.values(tasks).filter((task) => task.state === 'running' || task.state === 'waiting');
}
