/**
 * The mathematics of a list of any length in a box that scrolls. Browsers cap the height of an element near 16.7
 * million pixels, so a long list is drawn in a shorter one. Small movements scroll pixel by pixel; a drag of the
 * scroll bar moves by its share. Pure.
 */

export const MAX_HEIGHT = 8_000_000;

export interface Sizes {
  total: number;
  rowHeight: number;
  viewport: number;
}

export interface Place {
  /** The scroll position of the element. */
  physical: number;
  /** The position in the list as if it had its full height. */
  virtual: number;
}

const listHeight = (s: Sizes): number => s.total * s.rowHeight;

export const elementHeight = (s: Sizes): number => Math.min(MAX_HEIGHT, listHeight(s));

const virtualMax = (s: Sizes): number => Math.max(0, listHeight(s) - s.viewport);

const physicalMax = (s: Sizes): number => Math.max(0, elementHeight(s) - s.viewport);

const clamp = (value: number, max: number): number => Math.min(max, Math.max(0, value));

/** The scroll position that shows a place in the list when the scroll bar alone is asked. */
export function physicalOf(virtual: number, s: Sizes): number {
  const max = virtualMax(s);
  return max === 0 ? 0 : (clamp(virtual, max) / max) * physicalMax(s);
}

/** Where the list is after the element has scrolled to `physical`. */
export function scrolled(place: Place, physical: number, s: Sizes): Place {
  const max = virtualMax(s);
  if (physical <= 0) return {physical: 0, virtual: 0};
  if (physical >= physicalMax(s) - 0.5) return {physical, virtual: max};
  const moved = physical - place.physical;
  const small = Math.abs(moved) <= s.viewport * 2;
  const share = physicalMax(s) === 0 ? 0 : physical / physicalMax(s);
  return {physical, virtual: clamp(small ? place.virtual + moved : share * max, max)};
}

/** The place that shows a row whole, moving as little as possible. */
export function revealing(row: number, place: Place, s: Sizes): Place {
  const top = row * s.rowHeight;
  let virtual = place.virtual;
  if (top < virtual) virtual = top;
  else if (top + s.rowHeight > virtual + s.viewport) virtual = top + s.rowHeight - s.viewport;
  virtual = clamp(virtual, virtualMax(s));
  return virtual === place.virtual ? place : {virtual, physical: physicalOf(virtual, s)};
}

/** The first row that is drawn and the row behind the last one, with some rows beside what is in view. */
export function range(virtual: number, s: Sizes, margin = 6): {from: number; to: number} {
  const from = Math.max(0, Math.floor(virtual / s.rowHeight) - margin);
  const to = Math.min(s.total, Math.ceil((virtual + s.viewport) / s.rowHeight) + margin);
  return {from: Math.min(from, to), to};
}

/** The numbers of the blocks of rows that a range needs. */
export function blocks(from: number, to: number, size: number): number[] {
  if (to <= from) return [];
  const first = Math.floor(from / size);
  return Array.from({length: Math.floor((to - 1) / size) - first + 1}, (_, i) => first + i);
}
