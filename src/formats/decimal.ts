/**
 * The shortest decimal text that reads back as the same number, never in exponent form ("0.0000001", not "1e-7").
 * Not for NaN or infinities.
 */
export function plainDecimal(value: number): string {
  const text = String(value);
  const parts = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (!parts) return Object.is(value, -0) ? '0' : text;
  const [, sign = '', whole = '', fraction = '', power = '0'] = parts;
  const digits = whole + fraction;
  const point = 1 + Number(power);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return sign + digits + '0'.repeat(point - digits.length);
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/** A coordinate rounded to `decimals` places, without trailing zeros. */
export function roundedDecimal(value: number, decimals: number): string {
  if (Math.abs(value) >= 1e15) return plainDecimal(value);
  const text = value.toFixed(decimals);
  if (!text.includes('.')) return text === '-0' ? '0' : text;
  const short = text.replace(/\.?0+$/, '');
  return short === '-0' || short === '' ? '0' : short;
}
