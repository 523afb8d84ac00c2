/** The stream of events: WebSocket, else server-sent events, else long poll. One for the page. */

import {address, get, Problem, query} from './api';
import {backoff, type Frame, type Known, whole} from './events';

type Handler = (frame: Frame) => void;
export type Transport = 'websocket' | 'sse' | 'poll';

const FIRST_FRAME_MS = 4_000;
/** After as many refusals the next way is tried: at once if WebSockets never worked here. */
const REFUSALS = 1;
const REFUSALS_OF_WHAT_WORKED = 6;
const SILENCE_MS = 35_000;
const TOPICS_SETTLE_MS = 60;

class Live {
  /** False when what is on the page may be old. */
  connected = $state(false);
  /** When the page was live for the last time. */
  lastLive = $state<number | null>(null);
  transport = $state<Transport | null>(null);

  private handlers = new Map<string, Set<Handler>>();
  private running = false;
  private tries = 0;
  private wasConnected = false;
  private webSocketWorked = false;
  private webSocketRefused = 0;
  private sseRefused = 0;
  private close: () => void = () => {};
  private timer: ReturnType<typeof setTimeout> | undefined;
  private silence: ReturnType<typeof setTimeout> | undefined;
  private topicsTimer: ReturnType<typeof setTimeout> | undefined;
  private sendTopics: () => void = () => {};
  private position = '';
  private known: Known = new Map();

  start(): void {
    if (this.running) return;
    this.running = true;
    this.tries = 0;
    document.addEventListener('visibilitychange', this.visibility);
    window.addEventListener('online', this.again);
    this.connect();
  }

  stop(): void {
    this.running = false;
    this.connected = false;
    this.wasConnected = false;
    this.lastLive = null;
    document.removeEventListener('visibilitychange', this.visibility);
    window.removeEventListener('online', this.again);
    clearTimeout(this.timer);
    clearTimeout(this.silence);
    this.close();
  }

  /** Calls the handler for each frame of the topic until the returned function is called. */
  subscribe(topic: string, handler: Handler): () => void {
    const known = this.handlers.get(topic) ?? new Set();
    known.add(handler);
    this.handlers.set(topic, known);
    this.topicsChanged();
    return () => {
      known.delete(handler);
      if (known.size === 0 && this.handlers.get(topic) === known) this.handlers.delete(topic);
      this.topicsChanged();
    };
  }

  /** Tries to connect now. */
  again = (): void => {
    if (!this.running || this.connected) return;
    clearTimeout(this.timer);
    this.close();
    this.connect();
  };

  private topics = (): string[] => [...this.handlers.keys()];

  /** All things of a topic, as far as the stream has told of them. */
  things<T>(topic: string): T[] {
    return [...(this.known.get(topic)?.values() ?? [])] as T[];
  }

  private topicsChanged(): void {
    clearTimeout(this.topicsTimer);
    this.topicsTimer = setTimeout(() => {
      for (const topic of this.known.keys()) if (!this.handlers.has(topic)) this.known.delete(topic);
      this.sendTopics();
    }, TOPICS_SETTLE_MS);
  }

  private visibility = (): void => this.sendTopics();

  private connect(): void {
    if (!this.running) return;
    if (this.webSocketRefused < this.refusals) this.webSocket();
    else if (this.sseRefused < REFUSALS) this.serverSentEvents();
    else this.longPoll();
  }

  private get refusals(): number {
    return this.webSocketWorked ? REFUSALS_OF_WHAT_WORKED : REFUSALS;
  }

  private webSocket(): void {
    const url = new URL(address('/events'), document.baseURI);
    url.protocol = url.protocol.replace('http', 'ws');
    const socket = new WebSocket(url);
    let heard = false;
    let ended = false;
    const end = (): void => {
      if (ended) return;
      ended = true;
      clearTimeout(first);
      socket.close();
      if (!heard) this.webSocketRefused++;
      this.lost();
    };
    const first = setTimeout(end, FIRST_FRAME_MS);
    socket.onopen = () => {
      this.sendTopics = () => {
        if (socket.readyState !== WebSocket.OPEN) return;
        socket.send(JSON.stringify({topics: this.topics(), hidden: document.hidden}));
      };
      this.sendTopics();
    };
    socket.onmessage = (event) => {
      if (!heard) {
        heard = true;
        clearTimeout(first);
        this.webSocketRefused = 0;
        this.webSocketWorked = true;
        this.live('websocket');
      }
      for (const frame of JSON.parse(event.data as string) as Frame[]) this.received(frame);
    };
    socket.onclose = end;
    socket.onerror = end;
    this.close = () => {
      ended = true;
      clearTimeout(first);
      socket.close();
    };
  }

  private serverSentEvents(): void {
    let source: EventSource;
    let heard = false;
    let first: ReturnType<typeof setTimeout>;
    const open = (): void => {
      source = new EventSource(address('/events') + query({topics: this.topics().join(','), hidden: document.hidden ? 1 : null}));
      clearTimeout(first);
      first = setTimeout(() => refused(), FIRST_FRAME_MS);
      const onFrame = (event: MessageEvent<string>): void => {
        clearTimeout(first);
        if (!heard) {
          heard = true;
          this.sseRefused = 0;
          this.live('sse');
        }
        this.received(JSON.parse(event.data) as Frame);
      };
      source.onmessage = onFrame;
      for (const kind of ['snapshot', 'patch', 'reset', 'heartbeat']) source.addEventListener(kind, onFrame as EventListener);
      source.onerror = () => refused();
    };
    const refused = (): void => {
      clearTimeout(first);
      source.close();
      if (!heard) this.sseRefused++;
      // Perhaps the way for WebSockets is free again.
      if (heard) this.webSocketRefused = 0;
      this.lost();
    };
    open();
    this.sendTopics = () => {
      source.close();
      open();
    };
    this.close = () => {
      clearTimeout(first);
      source.close();
    };
  }

  private longPoll(): void {
    let over = false;
    let request = new AbortController();
    const loop = async (): Promise<void> => {
      while (!over) {
        request = new AbortController();
        const topics = this.topics().join(',');
        try {
          const response = await fetch(address('/events') + query({after: this.position || '0.0', wait: 25, topics}), {
            headers: {Accept: 'application/json'},
            cache: 'no-store',
            signal: request.signal,
          });
          if (!response.ok) throw new Problem(response.status, '', 'events');
          const data = (await response.json()) as Frame[] | {frames?: Frame[]; items?: Frame[]; next?: string};
          this.live('poll');
          const frames = Array.isArray(data) ? data : (data.frames ?? data.items ?? []);
          for (const frame of frames) this.received(frame);
          if (!Array.isArray(data) && data.next) this.position = data.next;
        } catch (problem) {
          if (over) return;
          if ((problem as Error).name === 'AbortError') continue;
          this.webSocketRefused = 0;
          this.sseRefused = 0;
          over = true;
          this.lost();
        }
      }
    };
    this.sendTopics = () => request.abort();
    this.close = () => {
      over = true;
      request.abort();
    };
    void loop();
  }

  private live(transport: Transport): void {
    const again = this.wasConnected && !this.connected;
    this.transport = transport;
    this.connected = true;
    this.wasConnected = true;
    this.tries = 0;
    // What happened meanwhile is unknown, so everybody reads anew.
    if (again) this.deliver({kind: 'reset'});
  }

  private lost(): void {
    this.sendTopics = () => {};
    this.connected = false;
    clearTimeout(this.silence);
    if (!this.running) return;
    clearTimeout(this.timer);
    const nextWay = !this.wasConnected && this.webSocketRefused > 0;
    const wait = nextWay ? 0 : backoff(this.tries++, Math.random());
    this.timer = setTimeout(() => this.connect(), wait);
    // Says whether the session has ended; a request that is refused signs out.
    if (this.tries === 2) void get('/overview').catch(() => {});
  }

  private received(frame: Frame): void {
    this.lastLive = Date.now();
    clearTimeout(this.silence);
    this.silence = setTimeout(() => {
      this.close();
      this.lost();
    }, SILENCE_MS);
    if (frame.epoch !== undefined && frame.seq !== undefined) this.position = `${frame.epoch}.${frame.seq}`;
    if (frame.kind !== 'heartbeat') this.deliver(whole(this.known, frame));
  }

  private deliver(frame: Frame): void {
    for (const [topic, handlers] of [...this.handlers]) {
      if (frame.topic === undefined || concerns(frame.topic, topic)) for (const handler of [...handlers]) handler(frame);
    }
  }
}

const concerns = (of: string, topic: string): boolean => of === topic || topic.startsWith(`${of}:`) || of.startsWith(`${topic}:`);

export const live = new Live();
