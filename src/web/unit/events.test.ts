import {describe, expect, it} from 'vitest';
import {backoff, changesOf, type Known, merged, places, whole} from '../src/lib/events';

interface Thing {
  id: string;
  n: number;
}
const key = (thing: Thing): string => thing.id;

describe('changes of a list', () => {
  it('reads an array, an object with items, and one thing', () => {
    expect(changesOf([{id: 'a', n: 1}])).toEqual({items: [{id: 'a', n: 1}], removed: []});
    expect(changesOf({items: [], removed: [7]})).toEqual({items: [], removed: ['7']});
    expect(changesOf({id: 'a', n: 1})).toEqual({items: [{id: 'a', n: 1}], removed: []});
    expect(changesOf(null)).toEqual({items: [], removed: []});
  });
  it('replaces in place, keeps the order, adds at the end', () => {
    const list = [{id: 'a', n: 1}, {id: 'b', n: 2}, {id: 'c', n: 3}];
    expect(merged(list, {items: [{id: 'd', n: 9}, {id: 'b', n: 5}], removed: ['a']}, key)).toEqual([{id: 'b', n: 5}, {id: 'c', n: 3}, {id: 'd', n: 9}]);
  });
  it('returns the same list when nothing changed', () => {
    const list = [{id: 'a', n: 1}];
    expect(merged(list, {items: [], removed: []}, key)).toBe(list);
  });
  it('does not add what is removed in the same change', () => {
    expect(merged<Thing>([], {items: [{id: 'x', n: 1}], removed: ['x']}, key)).toEqual([]);
  });
});

describe('frames with the changed fields only', () => {
  it('are made whole from what is known', () => {
    const known: Known = new Map();
    const list = (kind: 'snapshot' | 'patch', items: object[], removed: string[] = []): unknown => whole(known, {kind, topic: 'connections:j', data: {items, removed}}).data;
    list('snapshot', [{id: 'a', row: 1, rate: 5}, {id: 'b', row: 1, rate: 7}]);
    expect(list('patch', [{id: 'b', rate: 0}])).toEqual({items: [{id: 'b', row: 1, rate: 0}], removed: []});
    expect(list('patch', [{id: 'c', row: 2, rate: 1}], ['a'])).toEqual({items: [{id: 'c', row: 2, rate: 1}], removed: ['a']});
    expect([...known.get('connections:j')!.keys()]).toEqual(['b', 'c']);
    expect(list('snapshot', [{id: 'd', row: 3, rate: 2}])).toEqual({items: [{id: 'd', row: 3, rate: 2}], removed: []});
    expect([...known.get('connections:j')!.keys()]).toEqual(['d']);
  });
  it('know a file by its row, and a job and the overview as one thing', () => {
    const known: Known = new Map();
    const data = (topic: string, fields: unknown, kind: 'snapshot' | 'patch' = 'patch'): unknown => whole(known, {kind, topic, data: fields}).data;
    data('files:j:0-50', {items: [{row: 1, name: 'a', done: 1}], removed: []}, 'snapshot');
    expect(data('files:j:0-50', {items: [{row: 1, done: 2}], removed: []})).toEqual({items: [{row: 1, name: 'a', done: 2}], removed: []});
    data('job:j', {id: 'j', state: 'running', eta: 3}, 'snapshot');
    expect(data('job:j', {eta: null})).toEqual({id: 'j', state: 'running', eta: null});
    data('overview', {rate: 1, active: 2}, 'snapshot');
    expect(data('overview', {rate: 4})).toEqual({rate: 4, active: 2});
  });
  it('forgets all at a reset, and leaves the lines of a log alone', () => {
    const known: Known = new Map([['job:j', new Map([['', {id: 'j'}]])]]);
    whole(known, {kind: 'reset'});
    expect(known.size).toBe(0);
    const log = {kind: 'patch' as const, topic: 'log:j', data: {lines: ['a'], next: '2'}};
    expect(whole(known, log)).toEqual(log);
  });
});

describe('the places of connections', () => {
  it('keeps each connection in its place while others come and go', () => {
    let slots = places([], ['a', 'b', 'c'], 4);
    expect(slots).toEqual(['a', 'b', 'c', null]);
    slots = places(slots, ['c', 'a'], 4);
    expect(slots).toEqual(['a', null, 'c', null]);
    slots = places(slots, ['c', 'x', 'a'], 4);
    expect(slots).toEqual(['a', 'x', 'c', null]);
  });
  it('grows beyond the least number and shrinks from the end', () => {
    const many = places([null, null], ['a', 'b', 'c'], 2);
    expect(many).toEqual(['a', 'b', 'c']);
    expect(places(many, ['a'], 2)).toEqual(['a', null]);
    expect(places(many, ['c'], 2)).toEqual([null, null, 'c']);
    expect(places(many, [], 0)).toEqual([]);
  });
  it('never loses or doubles one', () => {
    let slots: (string | null)[] = [];
    let seed = 3;
    const random = (): number => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
    for (let i = 0; i < 2000; i++) {
      const ids = Array.from({length: 20}, (_, n) => `c${n}`).filter(() => random() < 0.5);
      const before = slots;
      slots = places(slots, ids, 12);
      expect(slots.filter((id) => id !== null).sort()).toEqual([...ids].sort());
      before.forEach((id, at) => {
        if (id !== null && ids.includes(id)) expect(slots[at]).toBe(id);
      });
    }
  });
});

describe('the wait before the next try', () => {
  it('grows from half a second to at most 30 s', () => {
    expect(backoff(0, 0)).toBe(500);
    expect(backoff(0, 1)).toBe(1000);
    expect(backoff(3, 0.5)).toBe(6000);
    expect(backoff(99, 1)).toBe(30_000);
  });
});
