import {describe, expect, it} from 'vitest';
import {why} from '../src/ui/states';
import type {Job} from '../src/lib/types';

const counts = {pending: 0, held: 0, active: 0, retrying: 0, completed: 0, skipped: 0, failed: 0, cancelled: 0};
const job = (fields: Partial<Job>): Job =>
  ({state: 'running', reason: null, until: null, hint: null, rate: 0, eta: null, connections: 0, ended: null, counts, ...fields}) as Job;

describe('why nothing happens', () => {
  const until = new Date(2026, 10, 30, 22, 0).toISOString();
  it.each([
    [{state: 'running', rate: 10, eta: 90}, /1 min 30 s left/],
    [{state: 'running', rate: 10}, /sizes are unknown/],
    [{state: 'running', connections: 3}, /waiting for the first bytes/],
    [{state: 'running'}, /Opening connections/],
    [{state: 'queued'}, /as soon as a place is free/],
    [{state: 'queued', reason: 'turn', hint: '4 jobs are running; it starts when one of them ends'}, /^4 jobs are running; it starts when one of them ends\.$/],
    [{state: 'paused', started: until}, /Resume it/],
    [{state: 'paused', started: until, reason: 'held'}, /Release some/],
    [{state: 'paused', reason: 'held', hint: 'start it'}, /^Not started yet/],
    [{state: 'waiting', reason: 'window', until, hint: 'it goes on by itself when its window begins'}, /^Outside its time window\. Goes on .*22:00\.$/],
    [{state: 'waiting', reason: 'disk', hint: 'free some space on the disk; it goes on by itself'}, /^The disk is nearly full\. Free some space on the disk; it goes on by itself\.$/],
    [{state: 'waiting', reason: 'something-new'}, /something-new/],
    [{state: 'done-with-failures', counts: {...counts, failed: 1}}, /1 file failed/],
    [{state: 'cancelled'}, /retry goes on/],
  ] as [Partial<Job>, RegExp][])('%o', (fields, text) => expect(why(job(fields))).toMatch(text));
  it('is never empty', () => {
    for (const state of ['queued', 'scheduled', 'running', 'pausing', 'paused', 'waiting', 'done', 'done-with-failures', 'cancelled'] as const) expect(why(job({state})).length).toBeGreaterThan(5);
  });
});
