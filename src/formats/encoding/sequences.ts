/** What a walk over the multi-byte sequences of one value found. */
export interface Walk {
  /** Sequences that are not valid. */
  bad: number;
  /** Bytes at the end that begin a character the value has no room for; 0 when it ends whole. */
  half: number;
  /** Four-byte sequences (GB18030 only), which GBK does not have. */
  long: number;
}

/** `spoilt` hears of every byte that is not part of a valid sequence, in order. */
export type Walker = (bytes: Uint8Array, spoilt?: (at: number) => void) => Walk;

const isTrail = (byte: number): boolean => byte >= 0x40 && byte <= 0xfe && byte !== 0x7f;
const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;

/** Walks GBK and GB18030 bytes. */
export const walkGb: Walker = (bytes, spoilt) => {
  const walk: Walk = { bad: 0, half: 0, long: 0 };
  const n = bytes.length;
  for (let i = 0; i < n;) {
    const lead = bytes[i] ?? 0;
    if (lead < 0x80) i++;
    else if (lead === 0x80 || lead === 0xff) {
      walk.bad++;
      spoilt?.(i);
      i++;
    } else if (i + 1 >= n) {
      walk.half = 1;
      break;
    } else {
      const second = bytes[i + 1] ?? 0;
      if (isTrail(second)) i += 2;
      else if (isDigit(second) && i + 3 >= n) {
        walk.half = n - i;
        break;
      } else if (isDigit(second) && (bytes[i + 2] ?? 0) > 0x80 && isDigit(bytes[i + 3] ?? 0)) {
        walk.long++;
        i += 4;
      } else {
        walk.bad++;
        spoilt?.(i);
        i++;
      }
    }
  }
  return walk;
};

/** Walks Big5, Shift_JIS or EUC-KR bytes: a lead byte and a trail byte. */
export const walkDouble: Walker = (bytes, spoilt) => {
  const walk: Walk = { bad: 0, half: 0, long: 0 };
  for (let i = 0; i < bytes.length;) {
    const lead = bytes[i] ?? 0;
    if (lead < 0x80) i++;
    else if (i + 1 >= bytes.length) {
      walk.half = 1;
      break;
    } else {
      const good = lead !== 0x80 && lead !== 0xff && isTrail(bytes[i + 1] ?? 0);
      if (!good) {
        walk.bad++;
        spoilt?.(i);
      }
      i += good ? 2 : 1;
    }
  }
  return walk;
};

const utf8Length = (lead: number): number =>
  lead >= 0xc2 && lead <= 0xdf ? 2 : lead >= 0xe0 && lead <= 0xef ? 3 : lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;

/** Walks UTF-8 bytes; overlong forms, surrogates and numbers beyond Unicode are bad. */
export const walkUtf8: Walker = (bytes, spoilt) => {
  const walk: Walk = { bad: 0, half: 0, long: 0 };
  const n = bytes.length;
  for (let i = 0; i < n;) {
    const lead = bytes[i] ?? 0;
    if (lead < 0x80) {
      i++;
      continue;
    }
    const length = utf8Length(lead);
    let got = 1;
    while (got < length && i + got < n && ((bytes[i + got] ?? 0) & 0xc0) === 0x80) got++;
    if (length > 0 && got < length && i + got >= n) {
      walk.half = got;
      break;
    }
    const second = bytes[i + 1] ?? 0;
    const outside =
      (lead === 0xe0 && second < 0xa0) ||
      (lead === 0xed && second > 0x9f) ||
      (lead === 0xf0 && second < 0x90) ||
      (lead === 0xf4 && second > 0x8f);
    const whole = length > 0 && got === length;
    if (!whole || outside) {
      walk.bad++;
      for (let at = i; at < i + (whole ? length : 1); at++) spoilt?.(at);
    }
    i += whole ? length : 1;
  }
  return walk;
};

/** A single-byte encoding takes any byte. */
const walkSingle: Walker = () => ({ bad: 0, half: 0, long: 0 });

/** The walker for an encoding by its name. UTF-16 is recognised by other means and never walked. */
export function walkerFor(name: string): Walker {
  switch (name) {
    case 'GBK':
    case 'GB18030':
      return walkGb;
    case 'UTF-8':
      return walkUtf8;
    case 'Big5':
    case 'euc-kr':
      return walkDouble;
    default:
      return walkSingle;
  }
}
