import iconv from 'iconv-lite';

export type WriteEncoding = 'gbk' | 'utf-8';

/** A text in bytes, and what did not survive on the way. */
export interface EncodedText {
  bytes: Uint8Array;
  /** Characters the encoding has no code for; each was written as '?'. */
  unknown: boolean;
  /** The text was longer than the room for it; only whole characters were kept. */
  cut: boolean;
}

const QUESTION = 0x3f;
const gbkCodes = new Map<string, Uint8Array | null>();

/**
 * One character in GBK, or null where GBK has none. The euro sign counts as missing: code page 936 gives it the single
 * byte 0x80, which GBK proper, and so other readers, do not know.
 */
function gbkCode(character: string): Uint8Array | null {
  const known = gbkCodes.get(character);
  if (known !== undefined) return known;
  const bytes = iconv.encode(character, 'gbk');
  const code = bytes.length === 2 ? new Uint8Array(bytes) : null;
  gbkCodes.set(character, code);
  return code;
}

const isAscii = (text: string): boolean => {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return false;
  return true;
};

/** Encodes a text into at most `room` bytes, cutting only between whole characters. */
export function encodeText(text: string, encoding: WriteEncoding, room = Infinity): EncodedText {
  if (isAscii(text)) {
    const cut = text.length > room;
    return { bytes: Buffer.from(cut ? text.slice(0, room) : text, 'latin1'), unknown: false, cut };
  }
  return encoding === 'gbk' ? encodeGbk(text, room) : encodeUtf8(text, room);
}

function encodeGbk(text: string, room: number): EncodedText {
  const bytes: number[] = [];
  let unknown = false;
  let cut = false;
  for (const character of text) {
    const unit = character.charCodeAt(0);
    const code = unit < 0x80 ? null : gbkCode(character);
    const width = code ? 2 : 1;
    if (bytes.length + width > room) {
      cut = true;
      break;
    }
    if (code) bytes.push(code[0] ?? QUESTION, code[1] ?? QUESTION);
    else if (unit < 0x80) bytes.push(unit);
    else {
      bytes.push(QUESTION);
      unknown = true;
    }
  }
  return { bytes: Uint8Array.from(bytes), unknown, cut };
}

function encodeUtf8(text: string, room: number): EncodedText {
  const unknown = !text.isWellFormed();
  const bytes = Buffer.from(unknown ? text.toWellFormed().replaceAll('\ufffd', '?') : text, 'utf8');
  if (bytes.length <= room) return { bytes, unknown, cut: false };
  let end = room;
  // A byte 10xxxxxx continues a character; step back to where one begins.
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--;
  return { bytes: bytes.subarray(0, end), unknown, cut: true };
}

/** Encodes without limit of length, for whole files. */
export function encodeAll(text: string, encoding: WriteEncoding): EncodedText {
  if (encoding === 'gbk' && !isAscii(text)) {
    const bytes = iconv.encode(text, 'gbk');
    // Decoding back tells in one pass whether every character has a code.
    if (iconv.decode(bytes, 'gbk') === text && !text.includes('€')) return { bytes, unknown: false, cut: false };
  }
  return encodeText(text, encoding);
}
