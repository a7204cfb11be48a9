import { describe, expect, it } from 'vitest';
import { enoughPoints, readControlPoints } from './control-points.ts';

describe('typed control points', () => {
  it('come from a sheet, with headings and names or without', () => {
    const text =
      '点名\t东\t北\t东2\t北2\nGPS 01\t425838.9\t4432926.8\t425944.1\t4432886.6\n\n448569.3, 4430707.9, 448674.7, 4430667.7\n';
    expect(readControlPoints(text)).toEqual({
      points: [
        { name: 'GPS 01', from: [425838.9, 4432926.8], to: [425944.1, 4432886.6] },
        { from: [448569.3, 4430707.9], to: [448674.7, 4430667.7] },
      ],
      badLine: null,
    });
  });

  it('name the first line that is none', () => {
    expect(readControlPoints('1 2 3 4\n1 2 x 4\n1 2').badLine).toBe(2);
    expect(readControlPoints('1 2 3').badLine).toBe(1);
  });

  it('are enough from two places on', () => {
    expect(enoughPoints(readControlPoints('1 2 3 4').points)).toBe(false);
    expect(enoughPoints(readControlPoints('1 2 3 4\n1 2 3 4').points)).toBe(false);
    expect(enoughPoints(readControlPoints('1 2 3 4\n5 6 7 8').points)).toBe(true);
  });
});
