/** Number formats with fixed numbers that show dates or times (ECMA-376 18.8.30, with the Chinese ones 27–36 and 50–58). */
const isBuiltInDate = (id: number): boolean =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);

/** Whether a number format shows a day or a time of day. Elapsed times ([h]:mm) are plain numbers. */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return isBuiltInDate(id);
  if (/\[(h+|m+|s+)\]/i.test(code)) return false;
  const bare = code
    .replace(/"[^"]*"/g, '')
    .replace(/\\./g, '')
    .replace(/\[[^\]]*\]/g, '')
    .replace(/[_*]./g, '')
    .split(';')[0];
  return bare !== undefined && !/general/i.test(bare) && /[ymdhs]/i.test(bare) && !/[#?]/.test(bare);
}

const DAY = 86_400_000;
/** Serial numbers of 9999-12-31 in the two date systems differ by this many days. */
const SYSTEM_1904 = 1462;
const LAST_DAY = 2_958_465;

/**
 * A serial number as ISO text: 'YYYY-MM-DD', with 'THH:MM:SS' where it has a time, 'HH:MM:SS' where it has no day. Null where
 * it is no date. The 1900 system counts 1900-02-29, which never was; serials below 60 are corrected for it.
 */
export function serialToIso(serial: number, date1904: boolean): string | null {
  if (!Number.isFinite(serial) || serial < 0) return null;
  const time = Math.round((serial - Math.floor(serial)) * 86_400);
  if (serial < 1 && !date1904) return serial === 0 ? null : clock(time % 86_400);
  let day = Math.floor(serial) + (date1904 ? SYSTEM_1904 : 0) + (time === 86_400 ? 1 : 0);
  if (day > LAST_DAY) return null;
  if (day === 60) return '1900-02-29';
  if (day < 60) day++;
  const date = new Date(Date.UTC(1899, 11, 30) + day * DAY).toISOString().slice(0, 10);
  const seconds = time % 86_400;
  return seconds === 0 ? date : `${date}T${clock(seconds)}`;
}

function clock(seconds: number): string {
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  return `${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`;
}
