import {describe, expect, it} from 'vitest';
import {checkTimetable} from '../mock/timetable.js';
import {emptyGrid, painted, rectangle, strength, textOf, type Grid} from '../src/lib/timetable';

const M = 1024 ** 2;

describe('the text of a painted week', () => {
  it('is empty without a limit', () => expect(textOf(emptyGrid())).toBe(''));
  it('is one entry when all hours are alike', () => expect(textOf(emptyGrid().map((day) => day.map(() => 2 * M)))).toBe('00:00,2M'));
  it('leaves the days out when they are alike', () => {
    expect(textOf(rectangle(emptyGrid(), [0, 8], [6, 17], 2 * M))).toBe('08:00,2M 18:00,off');
  });
  it('names the days otherwise', () => {
    expect(textOf(rectangle(emptyGrid(), [0, 8], [1, 17], 2 * M))).toBe('Mon-08:00,2M Mon-18:00,off Tue-08:00,2M Tue-18:00,off');
  });
  it('goes around the week', () => {
    const weekend = rectangle(rectangle(emptyGrid(), [6, 20], [6, 23], M), [0, 0], [0, 5], M);
    expect(textOf(weekend)).toBe('Mon-06:00,off Sun-20:00,1M');
  });
  it('reads back as the same week, whatever was painted', () => {
    let grid: Grid = emptyGrid();
    let seed = 11;
    const random = (n: number): number => (seed = (seed * 16_807) % 2_147_483_647) % n;
    for (let i = 0; i < 400; i++) {
      const rate = [null, 512 * 1024, 2 * M, 10 * M][random(4)]!;
      grid = rectangle(grid, [random(7), random(24)], [random(7), random(24)], rate ?? null);
      expect(checkTimetable(textOf(grid), 'UTC').grid).toEqual(grid);
    }
  });
});

describe('painting', () => {
  it('changes one hour and no other', () => {
    const grid = painted(emptyGrid(), 2, 5, M);
    expect(grid[2]![5]).toBe(M);
    expect(grid.flat().filter((rate) => rate !== null)).toEqual([M]);
  });
  it('colours lower limits more strongly', () => {
    expect(strength(512 * 1024)).toBeGreaterThan(strength(10 * M));
    expect(strength(10 * M)).toBeGreaterThan(strength(null));
  });
});
