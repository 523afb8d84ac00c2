/** A week of 7 × 24 hours with a rate each, and the text that says the same. Pure. */

import {rateText} from './format';

export const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;
export type Grid = readonly (readonly (number | null)[])[];

export const emptyGrid = (): (number | null)[][] => DAYS.map(() => Array<number | null>(24).fill(null));

const hourText = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;

/**
 * The shortest text for a week: times without a day if all days are alike, else one entry for each change. A week
 * without any limit is an empty text.
 */
export function textOf(grid: Grid): string {
  const flat = grid.flat();
  if (flat.every((rate) => rate === null)) return '';
  if (flat.every((rate) => rate === flat[0])) return `00:00,${rateText(flat[0]!)}`;
  const alike = grid.every((day) => day.every((rate, hour) => rate === grid[0]![hour]));
  const changes: string[] = [];
  const hours = alike ? grid[0]! : flat;
  hours.forEach((rate, i) => {
    const before = hours[(i + hours.length - 1) % hours.length]!;
    if (rate === before) return;
    const day = alike ? '' : `${DAYS[Math.floor(i / 24)]}-`;
    changes.push(`${day}${hourText(i % 24)},${rateText(rate)}`);
  });
  return changes.join(' ');
}

/** The week with one hour painted. */
export function painted(grid: Grid, day: number, hour: number, rate: number | null): (number | null)[][] {
  return grid.map((row, d) => (d === day ? row.map((old, h) => (h === hour ? rate : old)) : [...row]));
}

/** The week with a rectangle painted, from corner to corner. */
export function rectangle(grid: Grid, from: [number, number], to: [number, number], rate: number | null): (number | null)[][] {
  const inside = (value: number, a: number, b: number): boolean => value >= Math.min(a, b) && value <= Math.max(a, b);
  return grid.map((row, d) =>
    row.map((old, h) => (inside(d, from[0], to[0]) && inside(h, from[1], to[1]) ? rate : old)),
  );
}

/** How strongly an hour is coloured: hardly without a limit, the more the lower the limit is. */
export function strength(rate: number | null): number {
  if (rate === null) return 0.07;
  if (rate <= 0) return 0;
  return Math.min(0.9, Math.max(0.2, 1 - Math.log2(rate / 65_536) / 15));
}
