/** Spellings met in `.cpg` files, letters and digits only, lower case. */
const SPELLINGS: Record<string, string> = {
  oem: 'GBK',
  gbk: 'GBK',
  gb2312: 'GBK',
  gb231280: 'GBK',
  euccn: 'GBK',
  hz: 'GBK',
  utf: 'UTF-8',
  utf8: 'UTF-8',
  utf8bom: 'UTF-8',
  utf8mb4: 'UTF-8',
  unicode: 'UTF-8',
  gb18030: 'GB18030',
  gb180302000: 'GB18030',
  gb180302005: 'GB18030',
  gb180302022: 'GB18030',
  big5: 'Big5',
  big5hkscs: 'Big5',
  utf16: 'UTF-16LE',
  utf16le: 'UTF-16LE',
  utf16be: 'UTF-16BE',
};

/** Code page numbers of Windows and OEM, as `.cpg` files give them. */
const CODE_PAGES: Record<string, string> = {
  936: 'GBK',
  1386: 'GBK',
  54936: 'GB18030',
  65001: 'UTF-8',
  950: 'Big5',
  1200: 'UTF-16LE',
  1201: 'UTF-16BE',
  932: 'shift_jis',
  949: 'euc-kr',
  866: 'ibm866',
  28591: 'windows-1252',
  88591: 'windows-1252',
  88592: 'iso-8859-2',
};

/**
 * The encoding a label speaks of, under the name Gewu uses; null for an unknown or empty label. Chinese machines write the
 * code page in many ways: 936, CP936, "ANSI 936", OEM (which is 936 there), GBK, GB2312.
 */
export function encodingByLabel(label: string): string | null {
  const plain = label
    .replace(/^\ufeff/, '')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
  const named = SPELLINGS[plain];
  if (named !== undefined) return named;
  const page = /^(?:ansi|cp|ms|windows|win|ibm|oem|codepage|dos|iso)*(\d{3,5})$/.exec(plain)?.[1] ?? '';
  const byPage = CODE_PAGES[page];
  if (byPage !== undefined) return byPage;
  return (
    webLabel(label.trim()) ??
    webLabel(`windows-${page}`) ??
    webLabel(`iso-8859-${/^iso8859(\d+)$/.exec(plain)?.[1] ?? ''}`)
  );
}

function webLabel(label: string): string | null {
  try {
    const { encoding } = new TextDecoder(label);
    return SPELLINGS[encoding.replace(/[^a-z0-9]/g, '')] ?? encoding;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/**
 * Encoding meant by the language driver id of a dBASE header (ESRI and FoxPro lists); null where it says nothing. 0x57 is
 * written by default by programs that know nothing of the text, and 0 means "not stated".
 */
export function encodingByLdid(ldid: number): string | null {
  return LDIDS[ldid] ?? null;
}

const LDIDS: Record<number, string> = {
  0x4d: 'GBK',
  0x7a: 'GBK',
  0x4f: 'Big5',
  0x78: 'Big5',
  0x03: 'windows-1252',
  0x58: 'windows-1252',
  0x59: 'windows-1252',
  0x26: 'ibm866',
  0x65: 'ibm866',
  0x13: 'shift_jis',
  0x7b: 'shift_jis',
  0x4e: 'euc-kr',
  0x79: 'euc-kr',
  0x50: 'windows-874',
  0x7c: 'windows-874',
  0xc8: 'windows-1250',
  0xc9: 'windows-1251',
  0xca: 'windows-1254',
  0xcb: 'windows-1253',
  0xcc: 'windows-1257',
};

/** The label TextDecoder knows an encoding by. GBK is read with its superset GB18030. */
export function decoderLabel(name: string): string {
  return name === 'GBK' ? 'gb18030' : name.toLowerCase();
}
