import {describe, expect, it} from 'vitest';
import {bytes, count, duration, parseRate, percent, rateText} from '../src/lib/format';

describe('sizes, as the terminal board writes them', () => {
  it.each([[0, '0 B'], [1023, '1023 B'], [1024, '1.0 KiB'], [1_048_500, '1023.9 KiB'], [1_048_576, '1.0 MiB'], [3.2 * 1024 ** 3, '3.2 GiB'], [5 * 1024 ** 4, '5.0 TiB'], [NaN, '0 B']])(
    '%d is %s',
    (value, text) => expect(bytes(value)).toBe(text),
  );
  it('groups the digits of a count', () => expect(count(1_000_000)).toBe('1,000,000'));
});

describe('shares', () => {
  it.each([[0, 10, '0.0%'], [1, 1000, '0.1%'], [999_999, 1_000_000, '99%'], [10, 10, '100%'], [11, 10, '100%'], [3, 0, '0%']])('%d of %d is %s', (done, all, text) =>
    expect(percent(done, all)).toBe(text),
  );
});

describe('durations', () => {
  it.each([[0, '0 s'], [59.4, '59 s'], [60, '1 min'], [200, '3 min 20 s'], [7500, '2 h 5 min'], [90_000, '1 d 1 h'], [-3, '0 s']])('%d s is %s', (seconds, text) => expect(duration(seconds)).toBe(text));
});

describe('rates', () => {
  it.each([['10M', 10 * 1024 ** 2], ['512k', 524_288], ['3GiB', 3 * 1024 ** 3], ['100', 100], ['off', null], ['0', null], ['', null], ['fast', undefined], ['1.5G', undefined], ['10X', undefined], ['-1', undefined]])(
    '%s is read',
    (text, value) => expect(parseRate(text)).toBe(value),
  );
  it('writes what it reads', () => {
    for (const text of ['10M', '512K', '1536M', '100', '2T', 'off']) expect(rateText(parseRate(text) as number | null)).toBe(text);
  });
});
