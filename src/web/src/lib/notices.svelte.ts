/** A notice of the browser when a job ends, if the user wants it. */

import {changesOf} from './events';
import {live} from './live.svelte';
import {T} from './text';
import {isOver, type Job, type JobState} from './types';

class Notices {
  wanted = $state(typeof Notification !== 'undefined' && localStorage.getItem('bulkdl.notices') === 'yes' && Notification.permission === 'granted');
  readonly possible = typeof Notification !== 'undefined' && window.isSecureContext;
  denied = $state(false);
  private states = new Map<string, JobState>();

  async set(on: boolean): Promise<void> {
    this.wanted = on && (await Notification.requestPermission()) === 'granted';
    this.denied = on && !this.wanted;
    localStorage.setItem('bulkdl.notices', this.wanted ? 'yes' : 'no');
  }

  watch(): () => void {
    return live.subscribe('jobs', (frame) => {
      if (frame.kind === 'reset') return;
      for (const job of changesOf<Job>(frame.data).items) this.look(job);
    });
  }

  private look(job: Job): void {
    const before = this.states.get(job.id);
    this.states.set(job.id, job.state);
    if (!this.wanted || before === undefined || isOver(before) || !isOver(job.state)) return;
    new Notification(T.settings.notified(job.name), {body: T.jobState[job.state], icon: './icon.svg', tag: job.id});
  }
}

export const notices = new Notices();
