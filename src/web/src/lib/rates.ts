import {parseRate, rate} from './format';
import {T} from './text';

/** A rate for people, of a number, of a text such as `10M`, or of none. */
export function rateOf(value: number | string | null | undefined): string {
  const read = typeof value === 'string' ? parseRate(value) : value;
  if (read === null || read === undefined) return typeof value === 'string' && read === undefined ? value : T.limits.off;
  return rate(read);
}
