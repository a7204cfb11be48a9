import { describe, expect, it } from 'vitest';
import { readArguments } from './arguments.ts';

describe('readArguments', () => {
  it('finds files among what Chromium and npm start add', () => {
    const args = ['--allow-file-access-from-files', '工作/海淀.gpkg', '--no-open', '--by', '李静', '/交付/井盖.zip'];
    expect(readArguments(args, '/home/data')).toEqual({
      files: ['/home/data/工作/海淀.gpkg', '/交付/井盖.zip'],
      by: '李静',
    });
  });

  it('is content with nothing', () => {
    expect(readArguments([], '/')).toEqual({ files: [], by: null });
    expect(readArguments(['--by', ''], '/')).toEqual({ files: [], by: null });
  });

  it('takes the number after --port for no file', () => {
    expect(readArguments(['--port', '8080'], '/').files).toEqual([]);
  });
});
