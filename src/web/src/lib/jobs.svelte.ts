/** A list of jobs that keeps itself up to date. */

import {untrack} from 'svelte';
import {get, post, query, remove} from './api';
import {app} from './app.svelte';
import {changesOf, merged} from './events';
import {live} from './live.svelte';
import {T} from './text';
import {isOver, type Job, type Page} from './types';

export type JobAct = 'start' | 'pause' | 'resume' | 'cancel' | 'retry';
export const LIVE = 'queued,scheduled,running,pausing,paused,waiting';
export const OVER = 'done,done-with-failures,cancelled';

export class JobList {
  items = $state.raw<Job[]>([]);
  total = $state(0);
  next = $state<string | null>(null);
  loaded = $state(false);
  fault = $state.raw<unknown>(null);
  private soon: ReturnType<typeof setTimeout> | undefined;
  private run = 0;

  /** `filter` is asked for at each load. */
  constructor(private readonly filter: () => Record<string, string | number | null>) {}

  watch(): () => void {
    const stop = live.subscribe('jobs', (frame) => {
      if (frame.kind === 'reset') this.reload();
      else this.take(changesOf<Job>(frame.data));
    });
    return () => {
      clearTimeout(this.soon);
      stop();
    };
  }

  async load(): Promise<void> {
    const run = ++this.run;
    try {
      const size = untrack(() => Math.max(50, Math.min(1000, this.items.length)));
      const page = await get<Page<Job>>(`/jobs${query({...this.filter(), limit: size})}`);
      if (run !== this.run) return;
      this.items = page.items;
      this.next = page.next;
      this.total = page.total;
      this.fault = null;
    } catch (problem) {
      if (run === this.run) this.fault = problem;
    } finally {
      if (run === this.run) this.loaded = true;
    }
  }

  async more(): Promise<void> {
    if (this.next === null) return;
    const page = await get<Page<Job>>(`/jobs${query({...this.filter(), limit: 100, cursor: this.next})}`);
    const known = new Set(this.items.map((job) => job.id));
    this.items = [...this.items, ...page.items.filter((job) => !known.has(job.id))];
    this.next = page.next;
    this.total = page.total;
  }

  /** Loads anew shortly, once however often it is called. */
  reload(): void {
    clearTimeout(this.soon);
    this.soon = setTimeout(() => void this.load(), 250);
  }

  private take(changes: {items: Job[]; removed: string[]}): void {
    const known = new Map(this.items.map((job) => [job.id, job]));
    const mine = changes.items.filter((job) => known.has(job.id));
    const moved = mine.some((job) => {
      const before = known.get(job.id)!;
      return isOver(before.state) !== isOver(job.state) || before.position !== job.position;
    });
    this.items = merged(this.items, {items: mine, removed: changes.removed}, (job) => job.id);
    const fresh = changes.items.length > mine.length && changes.items.some((job) => !known.has(job.id) && this.wants(job));
    if (moved || fresh) this.reload();
  }

  private wants(job: Job): boolean {
    const states = this.filter().state;
    return typeof states !== 'string' || states === '' || states.split(',').includes(job.state);
  }
}

/** Does something to jobs, one after the other, and says what came of it. */
export async function actOn(jobs: readonly Job[], act: JobAct): Promise<Job[]> {
  const changed: Job[] = [];
  try {
    for (const job of jobs) changed.push(await post<Job>(`/jobs/${job.id}/${act}`));
    app.say(T.jobs.done[act](changed.length));
  } catch (problem) {
    app.fault(problem);
  }
  return changed;
}

export async function removeJob(job: Job, files: 'keep' | 'partial' | 'all'): Promise<boolean> {
  try {
    await remove(`/jobs/${job.id}?files=${files}`);
    app.say(T.jobs.removed(job.name));
    return true;
  } catch (problem) {
    app.fault(problem);
    return false;
  }
}

/** What pressing pause or go on does to the job now. */
export function toggleOf(job: Job): 'pause' | 'resume' | 'start' | 'retry' | null {
  if (job.state === 'paused' && !job.started) return 'start';
  if (job.state === 'paused' || job.state === 'pausing') return 'resume';
  if (job.state === 'scheduled') return 'start';
  if (job.state === 'running' || job.state === 'queued' || job.state === 'waiting') return 'pause';
  if (job.state === 'done-with-failures' || job.state === 'cancelled') return 'retry';
  return null;
}

export const finishedFiles = (job: Job): number => job.counts.completed + job.counts.skipped;

/** The bytes of all files. Null while sizes are unknown: then the number of the server only follows what is there. */
export function allBytes(job: Job): number | null {
  return job.bytes && (job.bytes > job.done || isOver(job.state)) ? job.bytes : null;
}

/** The done part of a job between 0 and 1: by bytes if the sizes are known, else by files. */
export function share(job: Job): number {
  if (job.state === 'done') return 1;
  const bytes = isOver(job.state) ? null : allBytes(job);
  if (bytes !== null) return job.done / bytes;
  return job.rows === 0 ? 0 : finishedFiles(job) / job.rows;
}
