/** What the daemon does now, and the curve of its rate. */

import {get} from './api';
import {live} from './live.svelte';
import type {Overview} from './types';

const LONGEST = 15 * 60;

class OverviewNow {
  now = $state.raw<Overview | null>(null);
  plot = $state.raw<[number, number][]>([]);
  failed = $state(false);

  watch(): () => void {
    void this.load();
    return live.subscribe('overview', (frame) => {
      if (frame.kind === 'reset') void this.load();
      else this.update(frame.data as Partial<Overview>);
    });
  }

  async load(): Promise<void> {
    try {
      const read = await get<Overview>('/overview');
      this.plot = (read.plot ?? []).map(([t, r]) => [seconds(t), r]);
      this.now = read;
      this.failed = false;
    } catch {
      this.failed = true;
    }
  }

  private update(data: Partial<Overview>): void {
    this.now = {...(this.now ?? {plot: []}), ...data} as Overview;
    const t = Math.floor(Date.now() / 1000);
    const last = this.plot.at(-1);
    // One point in five seconds, as the server keeps them.
    if (data.rate !== undefined && (!last || t - last[0] >= 5)) {
      this.plot = [...this.plot.filter(([at]) => at > t - LONGEST), [t, data.rate]];
    }
  }
}

/** A time in seconds, of one in seconds, in milliseconds or as text. */
function seconds(t: number | string): number {
  const value = typeof t === 'string' ? Date.parse(t) : t;
  return value > 1e11 ? value / 1000 : value;
}

export const overview = new OverviewNow();
