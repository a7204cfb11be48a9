import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { datumShift } from '../api/datum.ts';
import { mappingFile } from './commands/mapping-file.ts';
import { z } from 'zod';

const PUBLISHED = new URL('../../docs/formats/mapping.schema.json', import.meta.url);

describe('docs/formats/mapping.schema.json', () => {
  it('says what --mapping takes', () => {
    const made = {
      ...z.toJSONSchema(mappingFile, { io: 'input', unrepresentable: 'any' }),
      title: 'gewu import --mapping',
    };
    expect(JSON.parse(readFileSync(PUBLISHED, 'utf8'))).toEqual(JSON.parse(JSON.stringify(made)));
  });

  it('is what the command reads', () => {
    expect(mappingFile.safeParse({ encoding: 'gb18030', mapping: [{ field: 'BH', to: 'code' }] }).success).toBe(true);
    expect(mappingFile.safeParse({ tables: [{ file: 'a.shp', table: 'a', classCode: '01001' }] }).success).toBe(true);
    expect(mappingFile.safeParse({ tables: [{ file: 'a.shp' }] }).success).toBe(false);
    expect(mappingFile.safeParse({ mapping: [{ field: 'BH', to: 1 }] }).success).toBe(false);
  });
});

describe('docs/formats/datum.schema.json', () => {
  it('says what --datum takes', () => {
    const made = { ...z.toJSONSchema(datumShift, { io: 'input' }), title: 'gewu import --datum' };
    const published = readFileSync(new URL('datum.schema.json', PUBLISHED), 'utf8');
    expect(JSON.parse(published)).toEqual(JSON.parse(JSON.stringify(made)));
  });
});
