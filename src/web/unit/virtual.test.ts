import {describe, expect, it} from 'vitest';
import {blocks, elementHeight, MAX_HEIGHT, physicalOf, range, revealing, scrolled, type Place, type Sizes} from '../src/lib/virtual';

const million: Sizes = {total: 1_000_000, rowHeight: 34, viewport: 600};
const small: Sizes = {total: 100, rowHeight: 34, viewport: 600};
const top: Place = {physical: 0, virtual: 0};
const end = (s: Sizes): number => s.total * s.rowHeight - s.viewport;

describe('a long list in a short element', () => {
  it('has its true height when it is short, and at most 8 million pixels', () => {
    expect(elementHeight(small)).toBe(3400);
    expect(elementHeight(million)).toBe(MAX_HEIGHT);
  });

  it('moves pixel by pixel with the wheel, at any place', () => {
    expect(scrolled(top, 120, million).virtual).toBe(120);
    const middle = {physical: physicalOf(20_000_000, million), virtual: 20_000_000};
    expect(scrolled(middle, middle.physical - 53, million).virtual).toBe(20_000_000 - 53);
  });

  it('moves by its share when the scroll bar is dragged', () => {
    const half = (MAX_HEIGHT - 600) / 2;
    expect(scrolled(top, half, million).virtual).toBeCloseTo(end(million) / 2, 0);
  });

  it('shows the last row at the lower end and the first at the upper end', () => {
    const low = scrolled({physical: 5000, virtual: 5000}, MAX_HEIGHT - 600, million);
    expect(low.virtual).toBe(end(million));
    expect(range(low.virtual, million).to).toBe(1_000_000);
    expect(scrolled({physical: 300, virtual: 9_000_000}, 0, million).virtual).toBe(0);
  });

  it('never leaves the list, whatever the sequence of movements', () => {
    let place = top;
    let seed = 7;
    const random = (): number => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
    for (let i = 0; i < 5000; i++) {
      const physical = random() < 0.7 ? place.physical + (random() - 0.5) * 900 : random() * (MAX_HEIGHT - 600);
      place = scrolled(place, Math.min(MAX_HEIGHT - 600, Math.max(0, physical)), million);
      expect(place.virtual).toBeGreaterThanOrEqual(0);
      expect(place.virtual).toBeLessThanOrEqual(end(million));
      const {from, to} = range(place.virtual, million);
      expect(to - from).toBeLessThan(40);
      expect(to).toBeGreaterThan(from);
    }
  });

  it('is the same place after the scroll bar has settled', () => {
    for (const virtual of [0, 1, 600, 33_999_000, end(million)]) {
      const physical = physicalOf(virtual, million);
      expect(scrolled({physical, virtual}, physical, million).virtual).toBeCloseTo(virtual, 3);
    }
  });
});

describe('showing one row', () => {
  it('does not move when the row is in view', () => {
    expect(revealing(3, top, million)).toBe(top);
  });
  it('moves just enough up or down', () => {
    expect(revealing(20, top, million).virtual).toBe(21 * 34 - 600);
    expect(revealing(10, {physical: 0, virtual: 5000}, million).virtual).toBe(340);
  });
  it('reaches the last row of a million', () => {
    expect(revealing(999_999, top, million)).toEqual({virtual: end(million), physical: MAX_HEIGHT - 600});
  });
});

describe('short and empty lists', () => {
  it('has no rows when it is empty', () => {
    expect(range(0, {total: 0, rowHeight: 34, viewport: 600})).toEqual({from: 0, to: 0});
    expect(physicalOf(10, {total: 0, rowHeight: 34, viewport: 600})).toBe(0);
  });
  it('needs the blocks that it touches', () => {
    expect(blocks(0, 100, 100)).toEqual([0]);
    expect(blocks(95, 205, 100)).toEqual([0, 1, 2]);
    expect(blocks(5, 5, 100)).toEqual([]);
  });
});
