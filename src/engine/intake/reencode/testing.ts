import iconv from 'iconv-lite';
import { register, type Cover } from '../testing.ts';

export const WRONG = 'windows-1252';
/** A register in GBK whose encoding somebody said wrongly; the columns are the person's decision, since their headings are garbled. */
export const GARBLED = {
  as: 'component' as const,
  plans: [
    {
      file: '*',
      table: '*',
      crs: 'EPSG:4548',
      encoding: WRONG,
      mapping: [
        ['部件标识码', 'code'],
        ['部件名称', 'name'],
        ['权属单位名称', 'owner_text'],
        ['部件状态', 'state'],
        ['备注', 'note'],
        ['X', 'x'],
        ['Y', 'y'],
      ].map(([field = '', to = '']) => ({ field: garbled(field), to })),
    },
  ],
};

/** Text in GBK as the wrong encoding reads it. */
export function garbled(text: string): string {
  return new TextDecoder(WRONG).decode(iconv.encode(text, 'gbk'));
}

/** A register in GBK. */
export const gbk = (covers: Cover[]): Uint8Array => iconv.encode(register(covers), 'gbk');
