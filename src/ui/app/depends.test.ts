import { describe, expect, it } from 'vitest';
import { dependsOn } from './depends.ts';

describe('what a change makes stale', () => {
  it('asks views and details of components anew after units changed', () => {
    expect(dependsOn('component.view', ['unit'])).toBe(true);
    expect(dependsOn('component.get', ['unit_alias'])).toBe(true);
    expect(dependsOn('map.outline', ['unit'])).toBe(false);
  });
  it('keeps pages: a new view brings its own', () => {
    expect(dependsOn('component.rows', ['component'])).toBe(false);
    expect(dependsOn('grid.rows', ['unit_grid'])).toBe(false);
  });
  it('leaves what does not come from the project alone', () => {
    expect(dependsOn('app.info', ['component'])).toBe(false);
    expect(dependsOn('host.list', ['component'])).toBe(false);
  });
  it('counts and history depend on everything', () => {
    expect(dependsOn('stats.get', ['gewu_exception'])).toBe(true);
    expect(dependsOn('history.state', ['street'])).toBe(true);
  });
});
