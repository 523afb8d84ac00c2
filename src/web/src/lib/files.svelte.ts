/** The files of a job, of which only what is near the view is in memory. */

import {get, query} from './api';
import {changesOf} from './events';
import {live} from './live.svelte';
import {blocks} from './virtual';
import type {FileState, JobFile, Page} from './types';

export interface FileFilter {
  state: FileState | '';
  host: string;
  q: string;
}

const BLOCK = 100;
const KEPT_BLOCKS = 24;
const REFRESH_MS = 2000;
const MOST_WATCHED = 500;

export class FileWindow {
  /** The rows from `from` on; undefined where a row has not arrived. */
  rows = $state.raw<(JobFile | undefined)[]>([]);
  from = $state(0);
  total = $state(0);
  loaded = $state(false);
  fault = $state.raw<unknown>(null);

  private cache = new Map<number, JobFile[]>();
  private asking = new Set<number>();
  private run = 0;
  private to = 0;
  private filter: FileFilter = {state: '', host: '', q: ''};
  private sort = '';
  private stopLive: () => void = () => {};
  private liveTopic = '';
  private stale: ReturnType<typeof setTimeout> | undefined;
  private frame = 0;

  constructor(private readonly job: string) {}

  /** Starts over with another filter or order. */
  select(filter: FileFilter, sort: string): void {
    this.filter = filter;
    this.sort = sort;
    this.run++;
    this.cache.clear();
    this.asking.clear();
    this.loaded = false;
    this.show(0, Math.max(this.to - this.from, 50));
  }

  /** Has these rows ready. */
  show(from: number, to: number): void {
    this.from = from;
    this.to = to;
    this.ask(false);
    this.publish();
    this.watchRows();
  }

  close(): void {
    this.run++;
    clearTimeout(this.stale);
    cancelAnimationFrame(this.frame);
    this.stopLive();
  }

  /** The rows in view may have changed; reads them again, at most once in two seconds. */
  refresh(now = false): void {
    if (now) {
      clearTimeout(this.stale);
      this.stale = undefined;
      this.ask(true);
      return;
    }
    this.stale ??= setTimeout(() => {
      this.stale = undefined;
      this.ask(true);
    }, REFRESH_MS);
  }

  get filtered(): boolean {
    return this.filter.state !== '' || this.filter.host !== '' || this.filter.q !== '';
  }

  private ask(again: boolean): void {
    const wanted = blocks(this.from, Math.max(this.to, this.from + 1), BLOCK);
    if (again) for (const block of [...this.cache.keys()]) if (!wanted.includes(block)) this.cache.delete(block);
    for (const block of wanted) {
      if (this.asking.has(block) || (!again && this.cache.has(block))) continue;
      void this.read(block);
    }
  }

  private async read(block: number): Promise<void> {
    const run = this.run;
    this.asking.add(block);
    try {
      const {state, host, q} = this.filter;
      const page = await get<Page<JobFile>>(
        `/jobs/${this.job}/files${query({state, host, q, sort: this.sort, at: block * BLOCK, limit: BLOCK})}`,
      );
      if (run !== this.run) return;
      this.cache.delete(block);
      this.cache.set(block, page.items);
      for (const old of this.cache.keys()) {
        if (this.cache.size <= KEPT_BLOCKS) break;
        this.cache.delete(old);
      }
      this.total = page.total;
      this.fault = null;
      this.loaded = true;
    } catch (problem) {
      if (run !== this.run) return;
      this.fault = problem;
      this.loaded = true;
    } finally {
      if (run === this.run) {
        this.asking.delete(block);
        this.publish();
        this.watchRows();
      }
    }
  }

  private publish(): void {
    const rows: (JobFile | undefined)[] = [];
    for (let i = this.from; i < this.to; i++) rows.push(this.cache.get(Math.floor(i / BLOCK))?.[i % BLOCK]);
    this.rows = rows;
  }

  /** Subscribes to the numbers of the rows in view, rounded so that small movements change nothing. */
  private watchRows(): void {
    const numbers = this.rows.flatMap((file) => (file ? [file.row] : []));
    if (numbers.length === 0) return;
    // A topic counts from 0 and ends before its second number; rows count from 1.
    const low = Math.floor((Math.min(...numbers) - 1) / 50) * 50;
    const high = Math.min(Math.ceil(Math.max(...numbers) / 50) * 50, low + MOST_WATCHED);
    const topic = `files:${this.job}:${low}-${high}`;
    if (topic === this.liveTopic) return;
    this.liveTopic = topic;
    const before = this.stopLive;
    this.stopLive = live.subscribe(topic, (frame) => {
      if (frame.kind === 'reset') this.refresh(true);
      else this.take(changesOf<JobFile>(frame.data).items);
    });
    before();
  }

  private take(files: JobFile[]): void {
    if (files.length === 0) return;
    const fresh = new Map(files.map((file) => [file.row, file]));
    let moved = false;
    for (const [block, rows] of this.cache) {
      if (!rows.some((file) => fresh.has(file.row))) continue;
      this.cache.set(
        block,
        rows.map((file) => {
          const next = fresh.get(file.row);
          if (next && next.state !== file.state && this.filter.state !== '') moved = true;
          return next ? {...file, ...next} : file;
        }),
      );
    }
    if (moved) this.refresh();
    // Several frames between two pictures are drawn once.
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.publish());
  }
}
