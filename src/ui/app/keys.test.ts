import { describe, expect, it } from 'vitest';
import { action, actionFor } from './actions.ts';
import { keyName, matchesKeys } from './keys.ts';

interface Press {
  key: string;
  ctrl?: boolean;
  shift?: boolean;
  alt?: boolean;
  composing?: boolean;
  /** As if a field had the focus. */
  typing?: boolean;
}

function press({ key, ctrl, shift, alt, composing, typing }: Press): KeyboardEvent {
  const target = { closest: () => (typing === true ? {} : null) };
  return {
    key,
    ctrlKey: ctrl === true,
    metaKey: false,
    shiftKey: shift === true,
    altKey: alt === true,
    isComposing: composing === true,
    defaultPrevented: false,
    target,
  } as unknown as KeyboardEvent;
}

describe('keys', () => {
  it.each<[Press, string, boolean]>([
    [{ key: 'z', ctrl: true }, 'Ctrl+Z', true],
    [{ key: 'Z', ctrl: true, shift: true }, 'Ctrl+Z', false],
    [{ key: 'Z', ctrl: true, shift: true }, 'Ctrl+Shift+Z', true],
    [{ key: 'f' }, 'F', true],
    [{ key: 'f', ctrl: true }, 'F', false],
    [{ key: '?', shift: true }, '?', true],
    [{ key: '3' }, '3', true],
    [{ key: '+', shift: true }, '+', true],
    [{ key: '+', ctrl: true }, 'Ctrl++', true],
    [{ key: 'Escape' }, 'Escape', true],
  ])('%o is %s: %s', (event, keys, fits) => expect(matchesKeys(press(event), keys)).toBe(fits));

  it('leaves letters, undo and Delete to a field that has the focus', () => {
    expect(matchesKeys(press({ key: 'f', typing: true }), 'F')).toBe(false);
    expect(matchesKeys(press({ key: 'z', ctrl: true, typing: true }), 'Ctrl+Z')).toBe(false);
    expect(matchesKeys(press({ key: 'Delete', typing: true }), 'Delete')).toBe(false);
    expect(matchesKeys(press({ key: 'k', ctrl: true, typing: true }), 'Ctrl+K')).toBe(true);
    expect(matchesKeys(press({ key: 'Escape', typing: true }), 'Escape')).toBe(true);
  });

  it('never takes a key from an input method', () => {
    expect(matchesKeys(press({ key: 'f', composing: true }), 'F')).toBe(false);
    expect(matchesKeys(press({ key: 'Process' }), 'F')).toBe(false);
  });

  it('are shown as they stand on the keyboard', () => {
    expect(keyName('Ctrl+Shift+Z Ctrl+Y')).toBe('Ctrl Shift Z');
    expect(keyName('Delete')).toBe('Del');
    expect(keyName('+')).toBe('+');
  });
});

describe('the dispatcher', () => {
  const nothing = () => undefined;
  const frame = action({ id: 'a', key: 'Escape', words: 'frame.undo', perform: nothing });
  const screen = action({ id: 'b', key: 'Escape', words: 'frame.redo', perform: nothing });
  it('gives a key to the latest that wants it', () => {
    expect(actionFor(press({ key: 'Escape' }), [frame, screen])?.id).toBe('b');
  });
  it('passes over those that are not there now', () => {
    const away = { ...screen, available: () => false };
    expect(actionFor(press({ key: 'Escape' }), [frame, away])?.id).toBe('a');
  });
  it('knows further keys for the same', () => {
    const redo = action({ id: 'redo', key: 'Ctrl+Y Ctrl+Shift+Z', words: 'frame.redo', perform: nothing });
    expect(actionFor(press({ key: 'y', ctrl: true }), [redo])?.id).toBe('redo');
    expect(actionFor(press({ key: 'Z', ctrl: true, shift: true }), [redo])?.id).toBe('redo');
    expect(actionFor(press({ key: 'q' }), [redo])).toBeNull();
  });
});
