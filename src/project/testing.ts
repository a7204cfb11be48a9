import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MultiPolygonShape, Position } from '../model/geometry/types.ts';
import { encodeGpkg } from '../model/geometry/wkb.ts';
import { createProject, type NewProject } from './create.ts';

/** Small made-up projects for the tests of this room and others. Nothing the program itself uses. */
export const TODAY = '2026-11-23';
export const SRS = 4548;
export const SCHEME = 'GB/T 47678.5-2026';

export function newProject(over: Partial<NewProject> = {}): NewProject {
  return {
    district: '110108',
    districtName: '海淀区',
    crs: 'EPSG:4548',
    scheme: SCHEME,
    person: '李静',
    today: TODAY,
    classes: [
      { scheme: SCHEME, code: '01001', majorCode: '01', majorName: '市政公用设施', name: '供水井盖' },
      { scheme: SCHEME, code: '01099', majorCode: '01', majorName: '市政公用设施', name: '无主井盖' },
    ],
    ...over,
  };
}

/** A folder that is gone when `work` is done, with an empty project in it. */
export function withProject<T>(work: (path: string, folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'gewu-project-'));
  try {
    const path = join(folder, 'p.gpkg');
    createProject(path, newProject());
    return work(path, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export const ORIGIN: Position = [430_000, 4_430_000];

export function pointBlob(x: number, y: number): Uint8Array {
  return encodeGpkg({ type: 'Point', coordinates: [ORIGIN[0] + x, ORIGIN[1] + y] }, SRS);
}

export function squareShape(x: number, y: number, side: number): MultiPolygonShape {
  const [ox, oy] = [ORIGIN[0] + x, ORIGIN[1] + y];
  const ring: Position[] = [
    [ox, oy],
    [ox + side, oy],
    [ox + side, oy + side],
    [ox, oy + side],
    [ox, oy],
  ];
  return { type: 'MultiPolygon', coordinates: [[ring]] };
}
export function squareBlob(x: number, y: number, side: number): Uint8Array {
  return encodeGpkg(squareShape(x, y, side), SRS);
}

/** Code of a grid in the first community of the first street. */
export function gridCode(n: number): string {
  return `110108001001${String(n).padStart(3, '0')}`;
}
