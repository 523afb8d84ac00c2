/** How each state looks: its icon, its colour, its word. */

import {duration, shortTime} from '../lib/format';
import {T} from '../lib/text';
import type {FileState, Job, JobState} from '../lib/types';
import type {IconName} from './icons';

export interface Look {
  icon: IconName;
  tone: 'accent' | 'good' | 'bad' | 'warn' | 'idle';
  word: string;
}

export function jobLook(state: JobState): Look {
  const word = T.jobState[state] ?? state;
  switch (state) {
    case 'running':
      return {icon: 'arrow-down-to-line', tone: 'accent', word};
    case 'queued':
      return {icon: 'list-ordered', tone: 'idle', word};
    case 'scheduled':
      return {icon: 'calendar-clock', tone: 'idle', word};
    case 'pausing':
    case 'paused':
      return {icon: 'circle-pause', tone: 'idle', word};
    case 'waiting':
      return {icon: 'hourglass', tone: 'warn', word};
    case 'done':
      return {icon: 'circle-check', tone: 'good', word};
    case 'done-with-failures':
      return {icon: 'triangle-alert', tone: 'bad', word};
    default:
      return {icon: 'ban', tone: 'idle', word};
  }
}

export function fileLook(state: FileState): Look {
  const word = T.fileState[state] ?? state;
  switch (state) {
    case 'active':
      return {icon: 'arrow-down-to-line', tone: 'accent', word};
    case 'retrying':
      return {icon: 'rotate-cw', tone: 'warn', word};
    case 'held':
      return {icon: 'hand', tone: 'idle', word};
    case 'completed':
      return {icon: 'circle-check', tone: 'good', word};
    case 'skipped':
      return {icon: 'skip-forward', tone: 'good', word};
    case 'failed':
      return {icon: 'circle-alert', tone: 'bad', word};
    case 'cancelled':
      return {icon: 'ban', tone: 'idle', word};
    default:
      return {icon: 'circle-dashed', tone: 'idle', word};
  }
}

/** Why the job is where it is, and what comes next. Never empty. */
export function why(job: Job): string {
  const until = job.until ? shortTime(job.until) : null;
  const known = reasonOf(job, until);
  // Where the server knows more than the state says, it has the last word.
  const adds = job.hint && (job.state === 'queued' || (job.state === 'waiting' && job.reason !== 'window'));
  return adds ? `${known} ${sentence(job.hint!)}`.trim() : known;
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1) + (/[.!?]$/.test(text) ? '' : '.');

function reasonOf(job: Job, until: string | null): string {
  const W = T.why;
  switch (job.state) {
    case 'running':
      if (job.rate > 0) return job.eta === null ? W.unknownEnd : W.left(duration(job.eta));
      return job.connections > 0 ? W.firstBytes : W.opening;
    case 'queued':
      return job.hint ? '' : W.queued;
    case 'scheduled':
      return until ? W.startsAt(until) : W.scheduled;
    case 'pausing':
      return W.pausing;
    case 'paused':
      if (!job.started) return W.held;
      return job.reason === 'held' ? W.allHeld : W.paused;
    case 'waiting':
      return W.waiting(job.reason ?? '', until);
    case 'done':
      return W.done(job.ended ? shortTime(job.ended) : '');
    case 'done-with-failures':
      return W.doneWithFailures(job.counts.failed);
    default:
      return W.cancelled;
  }
}
