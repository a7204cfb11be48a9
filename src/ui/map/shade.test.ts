import { describe, expect, it } from 'vitest';
import { shadeClass } from './shade.ts';

describe('shadeClass', () => {
  const breaks = [70, 80, 85, 92] as const;
  it.each([
    [12, 0],
    [69.9, 0],
    [70, 1],
    [84.9, 2],
    [85, 3],
    [92, 4],
    [100, 4],
  ])('%d is in class %d', (value, expected) => expect(shadeClass(value, breaks)).toBe(expected));
});
