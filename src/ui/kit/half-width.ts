/** Digits, letters and signs typed in full width become what they mean; for code, number and date fields only. */
export function halfWidth(text: string): string {
  return text
    .replaceAll(/[\uff01-\uff5e]/gu, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replaceAll('\u3000', ' ')
    .replaceAll(/[。．]/gu, '.')
    .replaceAll(/[—–−－]/gu, '-');
}

/** A date a person typed as ISO text: '2026.9.1', '20260901', '2026年9月1日'. Null when there is no such day. */
export function isoDate(typed: string): string | null {
  const text = halfWidth(typed).trim();
  const parts = /^(\d{4})[-./年]?(\d{1,2})[-./月]?(\d{1,2})日?$/u.exec(text);
  if (parts === null) return null;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const date = new Date(Date.UTC(year, month - 1, day));
  const real = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return real ? date.toISOString().slice(0, 10) : null;
}
