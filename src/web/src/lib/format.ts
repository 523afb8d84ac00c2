/** Numbers, sizes and times as people read them. Pure; sizes are in powers of 1024 as in the terminal board. */

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

export function bytes(value: number): string {
  if (!(value >= 1024)) return `${Math.max(0, Math.round(value || 0))} B`;
  let size = value / 1024;
  let unit = 1;
  // From 1023.95 on, one decimal would show 1024.0.
  while (size >= 1023.95 && unit < UNITS.length - 1) {
    size /= 1024;
    unit++;
  }
  return `${size.toFixed(1)} ${UNITS[unit]}`;
}

export const rate = (bytesPerSecond: number): string => `${bytes(bytesPerSecond)}/s`;

const whole = new Intl.NumberFormat('en-US');

export const count = (value: number): string => whole.format(value);

/** A share between 0 and 1, without ever showing 100% before the end. */
export function percent(done: number, all: number): string {
  if (all <= 0) return '0%';
  const share = Math.min(1, done / all);
  if (share === 1) return '100%';
  const tenths = Math.floor(share * 1000) / 10;
  return `${tenths >= 10 ? Math.floor(tenths) : tenths.toFixed(1)}%`;
}

/** A duration in its two largest units: `42 s`, `3 min 20 s`, `2 h 5 min`, `3 d 4 h`. */
export function duration(seconds: number): string {
  const s = Math.max(0, Math.round(seconds));
  if (s < 60) return `${s} s`;
  if (s < 3600) return two(Math.floor(s / 60), 'min', s % 60, 's');
  if (s < 86_400) return two(Math.floor(s / 3600), 'h', Math.floor((s % 3600) / 60), 'min');
  return two(Math.floor(s / 86_400), 'd', Math.floor((s % 86_400) / 3600), 'h');
}

function two(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}

const clockFormat = new Intl.DateTimeFormat('en-GB', {hour: '2-digit', minute: '2-digit', second: '2-digit'});
const shortFormat = new Intl.DateTimeFormat('en-GB', {hour: '2-digit', minute: '2-digit'});
const dayFormat = new Intl.DateTimeFormat('en-GB', {day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit'});
const fullFormat = new Intl.DateTimeFormat('en-GB', {dateStyle: 'full', timeStyle: 'long'});

export const clock = (time: number | string): string => clockFormat.format(new Date(time));

export const fullTime = (time: string): string => fullFormat.format(new Date(time));

/** A time of today as `14:05`, any other as `3 Nov, 14:05`. */
export function shortTime(time: string, now: number = Date.now()): string {
  const date = new Date(time);
  const today = new Date(now).toDateString() === date.toDateString();
  return (today ? shortFormat : dayFormat).format(date);
}

/** The bytes a second of a rate such as `10M` or `512K`, null for `off`, undefined for a text that is none. */
export function parseRate(text: string): number | null | undefined {
  const trimmed = text.trim();
  if (/^(off|0|)$/i.test(trimmed)) return null;
  const match = /^(\d{1,15})([KMGT]?)(?:I?B)?$/i.exec(trimmed);
  return match ? Number(match[1]) * 1024 ** ' KMGT'.indexOf((match[2] || ' ').toUpperCase()) : undefined;
}

/** The shortest text that `parseRate` reads as this rate. */
export function rateText(value: number | null): string {
  if (value === null) return 'off';
  let rest = Math.round(value);
  let power = 0;
  while (rest > 0 && rest % 1024 === 0 && power < 4) {
    rest /= 1024;
    power++;
  }
  return `${rest}${' KMGT'[power]!.trim()}`;
}
