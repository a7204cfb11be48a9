export type Language = 'zh' | 'en';

const LOCALE: Record<string, string> = { zh: 'zh-CN', en: 'en-GB' };

/** How a value stands in a sentence: numbers grouped, nouns chosen by number, rates as percent. */
export function formatValue(value: unknown, format: string | undefined, language: string | undefined): string {
  const locale = LOCALE[language ?? 'zh'] ?? 'zh-CN';
  const noun = /^noun\((.*)\|(.*)\)$/u.exec(format ?? '');
  if (noun !== null) return (value === 1 ? noun[1] : noun[2]) ?? '';
  if (typeof value !== 'number')
    return value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);
  if (format === 'percent') return `${formatNumber(value * 100, locale, 1, 1)} %`;
  if (format === 'plain') return String(value);
  const digits = /^digits\((\d)\)$/u.exec(format ?? '');
  if (digits !== null) return formatNumber(value, locale, Number(digits[1]), Number(digits[1]));
  return formatNumber(value, locale, 0, 2);
}

function formatNumber(value: number, locale: string, least: number, most: number): string {
  return new Intl.NumberFormat(locale, { minimumFractionDigits: least, maximumFractionDigits: most }).format(value);
}

/** A count as it stands in tables and chips: 14,208. */
export function count(value: number): string {
  return formatNumber(value, 'en-GB', 0, 0);
}

/** A rate of 0..1 as '82.4'; an en dash while there is nothing to divide by. */
export function ratePercent(rate: number | null): string {
  return rate === null ? '–' : formatNumber(rate * 100, 'en-GB', 1, 1);
}

/** '11 月 22 日 10:26' of this year, with the year otherwise; ISO text in, local time out. */
export function when(iso: string, language: Language, now = new Date()): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  const sameYear = at.getFullYear() === now.getFullYear();
  const time = `${two(at.getHours())}:${two(at.getMinutes())}`;
  if (language === 'zh') {
    const day = `${at.getMonth() + 1} 月 ${at.getDate()} 日`;
    return sameYear ? `${day} ${time}` : `${at.getFullYear()} 年 ${day} ${time}`;
  }
  const month = at.toLocaleString('en-GB', { month: 'short' });
  return sameYear ? `${at.getDate()} ${month} ${time}` : `${at.getDate()} ${month} ${at.getFullYear()} ${time}`;
}

function two(n: number): string {
  return String(n).padStart(2, '0');
}

/** 1.4 MB of a number of bytes. */
export function fileSize(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  let size = bytes;
  let step = 0;
  while (size >= 1000 && step < units.length - 1) {
    size /= 1000;
    step += 1;
  }
  return `${formatNumber(size, 'en-GB', 0, step === 0 || size >= 100 ? 0 : 1)} ${units[step] ?? 'B'}`;
}
