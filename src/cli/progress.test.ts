import { describe, expect, it } from 'vitest';
import type { TaskInfo } from '../api/project.ts';
import { progressText } from './progress.ts';

function task(part: Partial<TaskInfo>): TaskInfo {
  const begun = {
    id: 't',
    method: 'delivery.stage',
    state: 'running',
    stage: 'staging',
    startedAt: 0,
    error: null,
  } as const;
  return { ...begun, done: 0, total: null, ...part };
}

describe('progressText', () => {
  it('tells how much of how much, how fast and how long still', () => {
    const half = task({ done: 12_000, total: 300_000 });
    expect(progressText(half, 3, 'en')).toBe('staging 12,000 / 300,000 · 4,000/s · 1:12 left');
    expect(progressText(half, 3, 'zh')).toBe('暂存 12,000 / 300,000 · 4,000/s · 还需 1:12');
  });

  it('promises nothing before it knows', () => {
    expect(progressText(task({ done: 500, total: 1000 }), 0.5, 'en')).toBe('staging 500 / 1,000');
    expect(progressText(task({ stage: 'waiting' }), 9, 'en')).toBe('waiting');
    expect(progressText(task({ done: 80 }), 2, 'en')).toBe('staging 80 · 40/s');
    expect(progressText(task({ done: 10, total: 10 }), 2, 'en')).toBe('staging 10 / 10 · 5/s');
  });

  it('names a stage it has no word for as it is called', () => {
    expect(progressText(task({ stage: 'polishing' }), 0, 'zh')).toBe('polishing');
  });
});
