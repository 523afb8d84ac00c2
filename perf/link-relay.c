/* link-relay LINK [LINK ...] [all=RATE] [seed=N]: relays TCP connections over simulated links.

   A LINK is one word of settings with commas between them:
     listen=IP:PORT,to=IP:PORT   where clients connect, and the real server
     rtt=TIME                    round trip, for example 80ms
     conn=RATE                   bytes a second of one connection, for example 6M (powers of 1024)
     total=RATE                  bytes a second of all connections of this link
     window=SIZE                 the most bytes of a connection in flight (6M)
     knee=N:PERCENT              the total falls by PERCENT for each busy connection above N
     refuse=N:429|503|rst        refuses what exceeds N: requests in process, or open connections
     retry-after=SECONDS         the header of such an answer (none)
     stall=P:TIME                a connection stands still for TIME, with probability P in a MiB
     at=SECONDS:KEY=VALUE        changes a setting so many seconds after the first connection
   all=RATE limits all links together. Prints "ready", and after SIGTERM one line of counters, and
   one more for each link if there are several.

   The model. The kernel completes a client's connect at once, so the round trip of the handshake is
   charged to the first bytes: they leave the client one round trip after the connect at the
   earliest. A client that takes its connect time for a round trip is therefore misled. Each byte
   travels half a round trip in either direction. The server side of a connection sends at most its
   congestion window until bytes are acknowledged, a round trip later. The window starts at ten
   segments of 1,460 bytes and grows by what is acknowledged, which doubles it in each round trip,
   until it holds what the connection's rate needs. It does not shrink when idle. Rates are token
   buckets, emptied in ticks. The total is shared by deficit round robin: connections that want more
   than their share get the same. There is no queue at the bottleneck and no packet loss but stalls.
   A request counts as in process until the last byte of its answer is delivered.

   Memory: a connection holds at most its window and READ_AHEAD bytes; beyond that the relay does
   not read from the server. All descriptors are edge triggered, and a flag keeps what epoll said. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <math.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum { SEGMENT = 1460, READ_AHEAD = 128 << 10, MOST_LINKS = 256, MOST_CHANGES = 64 };
static const double UNLIMITED = 1e18;

/* Bytes on their way: everything before the offset `end` arrives at the time `at`. */
struct mark {
  double at;
  uint64_t end;
};

struct marks {
  struct mark *ring;
  size_t capacity, first, count;
};

/* A ring of bytes, addressed by offsets that only grow. */
struct ring {
  char *bytes;
  size_t capacity;
};

struct bucket {
  double tokens;
  int limited; /* somebody had to wait for tokens, so none may be lost to a late tick */
};

struct counters {
  long opened, most, refused, requests;
  uint64_t bytes;
  double last_byte;
};

struct link {
  struct sockaddr_in listen, to;
  double rtt, conn, total, window, knee_loss, stall_chance, stall_time;
  int knee, refuse_above, refuse_status, retry_after;
  int descriptor, open, busy;
  struct bucket bucket;
  struct counters counters;
};

/* One end of a connection, as epoll knows it. */
struct end {
  struct connection *connection;
  struct link *listener; /* set for a listening socket only */
  int descriptor, readable, writable;
};

struct connection {
  struct link *link;
  struct end client, server;
  double accepted, reset_at, stalled_until, client_end_at, server_end_at;
  struct ring up, down;
  struct marks up_marks, down_marks, acks;
  uint64_t up_read, up_due, up_written;
  uint64_t read, sent, due, written, acknowledged; /* of `down`, each at most the one before */
  double window, due_at;
  struct bucket bucket;
  int asked; /* a request went to the server, and nothing has come back */
  int client_ended, server_ended, server_shut, client_shut, connected, dead;
  struct connection *next;
};

struct change {
  double at;
  struct link *link; /* NULL: the setting is all= */
  char key[32], value[64];
};

static struct link links[MOST_LINKS];
static struct end listeners[MOST_LINKS];
static struct change changes[MOST_CHANGES];
static int link_count, change_count, epoll_descriptor;
static double all = UNLIMITED, tick = 1e-3, now, first_connection;
static struct bucket all_bucket;
static struct connection *connections;
static uint64_t random_state = 88172645463325252u;
static long open_now, most_open;
static volatile sig_atomic_t stopped;

static void fail(const char *what, const char *why) {
  fprintf(stderr, "link-relay: %s: %s\n", what, why);
  exit(2);
}

static double clock_now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

static double at_least(double a, double b) { return a > b ? a : b; }
static double at_most(double a, double b) { return a < b ? a : b; }

static double random_fraction(void) {
  random_state ^= random_state << 13;
  random_state ^= random_state >> 7;
  random_state ^= random_state << 17;
  return (random_state >> 11) / 9007199254740992.0;
}

/* --- settings --- */

static double size_of(const char *text) {
  char *end;
  double value = strtod(text, &end);
  const char *units = "KMGT", *unit = *end ? strchr(units, *end) : NULL;
  if (end == text || (*end && (unit == NULL || end[1]))) fail(text, "no size such as 6M");
  for (long i = unit ? unit - units : -1; i >= 0; i--) value *= 1024;
  return value;
}

static double seconds_of(const char *text) {
  char *end;
  double value = strtod(text, &end);
  if (end != text && strcmp(end, "ms") == 0) return value / 1000;
  if (end == text || (*end && strcmp(end, "s") != 0)) fail(text, "no time such as 80ms");
  return value;
}

static struct sockaddr_in address_of(const char *text) {
  struct sockaddr_in address = {.sin_family = AF_INET};
  char host[64];
  int port;
  if (sscanf(text, "%63[^:]:%d", host, &port) != 2 || inet_pton(AF_INET, host, &address.sin_addr) != 1)
    fail(text, "no address such as 127.0.0.1:8080");
  address.sin_port = htons(port);
  return address;
}

static const char *behind_colon(const char *text) {
  const char *colon = strchr(text, ':');
  if (colon == NULL) fail(text, "needs two values with a colon between them");
  return colon + 1;
}

static void set(struct link *link, const char *key, const char *value);

static void set_later(struct link *link, const char *value) {
  struct change *change = &changes[change_count++];
  if (change_count > MOST_CHANGES || sscanf(value, "%lf:%31[^=]=%63s", &change->at, change->key, change->value) != 3)
    fail(value, "no change such as at=10:total=5M");
  change->link = link;
}

static void set(struct link *link, const char *key, const char *value) {
  if (strcmp(key, "at") == 0) set_later(link, value);
  else if (strcmp(key, "all") == 0) all = size_of(value);
  else if (strcmp(key, "seed") == 0) random_state ^= strtoull(value, NULL, 10) * 0x9e3779b97f4a7c15u;
  else if (link == NULL) fail(key, "no such setting outside a link");
  else if (strcmp(key, "listen") == 0) link->listen = address_of(value);
  else if (strcmp(key, "to") == 0) link->to = address_of(value);
  else if (strcmp(key, "rtt") == 0) link->rtt = seconds_of(value);
  else if (strcmp(key, "conn") == 0) link->conn = size_of(value);
  else if (strcmp(key, "total") == 0) link->total = size_of(value);
  else if (strcmp(key, "window") == 0) link->window = size_of(value);
  else if (strcmp(key, "retry-after") == 0) link->retry_after = atoi(value);
  else if (strcmp(key, "knee") == 0) {
    link->knee = atoi(value);
    link->knee_loss = atof(behind_colon(value)) / 100;
  } else if (strcmp(key, "refuse") == 0) {
    link->refuse_above = atoi(value);
    link->refuse_status = atoi(behind_colon(value)); /* 0 for rst */
  } else if (strcmp(key, "stall") == 0) {
    link->stall_chance = atof(value);
    link->stall_time = seconds_of(behind_colon(value));
  } else fail(key, "no such setting");
}

static void set_all_of(char *word) {
  struct link *link = strncmp(word, "listen=", 7) == 0 ? &links[link_count++] : NULL;
  if (link_count > MOST_LINKS) fail(word, "too many links");
  if (link) *link = (struct link){.conn = UNLIMITED, .total = UNLIMITED, .window = 6 << 20, .retry_after = -1};
  char *rest = word;
  for (char *part; (part = strsep(&rest, ",")) != NULL;) {
    char *equals = strchr(part, '=');
    if (equals == NULL) fail(part, "needs a value");
    *equals = 0;
    set(link, part, equals + 1);
  }
}

static void make_due_changes(void) {
  for (int i = 0; i < change_count; i++) {
    struct change *change = &changes[i];
    if (change->key[0] && first_connection > 0 && now - first_connection >= change->at) {
      set(change->link, change->key, change->value);
      change->key[0] = 0;
    }
  }
}

/* --- bytes and marks --- */

static void *checked(void *memory) {
  if (memory == NULL) fail("memory", "none left");
  return memory;
}

static void push(struct marks *marks, double at, uint64_t end) {
  if (marks->count == marks->capacity) {
    size_t capacity = marks->capacity ? marks->capacity * 2 : 8;
    struct mark *ring = checked(malloc(capacity * sizeof *ring));
    for (size_t i = 0; i < marks->count; i++) ring[i] = marks->ring[(marks->first + i) % marks->capacity];
    free(marks->ring);
    *marks = (struct marks){ring, capacity, 0, marks->count};
  }
  marks->ring[(marks->first + marks->count++) % marks->capacity] = (struct mark){at, end};
}

/* Takes the first mark if its time has come. */
static struct mark *arrived(struct marks *marks) {
  if (marks->count == 0 || marks->ring[marks->first].at > now) return NULL;
  struct mark *mark = &marks->ring[marks->first];
  marks->first = (marks->first + 1) % marks->capacity;
  marks->count--;
  return mark;
}

/* The bytes of a ring from one offset to another: one piece, or two where the ring wraps. */
static int pieces(struct ring *ring, uint64_t from, uint64_t to, struct iovec out[2]) {
  size_t at = from & (ring->capacity - 1), count = to - from, first = ring->capacity - at;
  if (count < first) first = count;
  out[0] = (struct iovec){ring->bytes + at, first};
  out[1] = (struct iovec){ring->bytes, count - first};
  return count > first ? 2 : 1;
}

/* Makes the ring hold at least this many bytes, and keeps those between the offsets. */
static void grow(struct ring *ring, size_t needed, uint64_t from, uint64_t to) {
  if (ring->capacity >= needed) return;
  struct ring larger = {.capacity = 4096};
  while (larger.capacity < needed) larger.capacity *= 2;
  larger.bytes = checked(malloc(larger.capacity));
  struct iovec old[2];
  int count = from < to ? pieces(ring, from, to, old) : 0;
  for (int i = 0; i < count; i++) {
    for (size_t done = 0; done < old[i].iov_len;) {
      size_t at = from & (larger.capacity - 1), room = larger.capacity - at, rest = old[i].iov_len - done;
      size_t part = rest < room ? rest : room;
      memcpy(larger.bytes + at, (char *)old[i].iov_base + done, part);
      done += part;
      from += part;
    }
  }
  free(ring->bytes);
  *ring = larger;
}

/* --- connections --- */

static void no_delay(int descriptor) {
  int on = 1;
  setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

static void watch(struct end *end) {
  struct epoll_event event = {EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, {.ptr = end}};
  if (epoll_ctl(epoll_descriptor, EPOLL_CTL_ADD, end->descriptor, &event) != 0) fail("epoll", strerror(errno));
}

static void reset(struct end *end) {
  struct linger none = {1, 0};
  if (end->descriptor < 0) return;
  setsockopt(end->descriptor, SOL_SOCKET, SO_LINGER, &none, sizeof none);
}

static void end_connection(struct connection *c, int by_reset) {
  if (c->dead) return;
  c->dead = 1;
  if (by_reset) {
    reset(&c->client);
    reset(&c->server);
  }
  close(c->client.descriptor);
  if (c->server.descriptor >= 0) {
    close(c->server.descriptor);
    c->link->open--;
    open_now--;
  }
}

static void connect_to_server(struct connection *c) {
  int buffer = 256 << 10;
  c->server.descriptor = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (c->server.descriptor < 0) fail("socket", strerror(errno));
  if (++c->link->open > c->link->counters.most) c->link->counters.most = c->link->open;
  if (++open_now > most_open) most_open = open_now;
  setsockopt(c->server.descriptor, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof buffer);
  no_delay(c->server.descriptor);
  if (connect(c->server.descriptor, (struct sockaddr *)&c->link->to, sizeof c->link->to) != 0 && errno != EINPROGRESS) {
    end_connection(c, 1);
    return;
  }
  watch(&c->server);
}

static void accept_all(struct link *link) {
  for (;;) {
    int descriptor = accept4(link->descriptor, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (descriptor < 0) {
      if (errno == ECONNABORTED || errno == EINTR) continue;
      if (errno != EAGAIN) perror("link-relay: accept");
      return;
    }
    struct connection *c = checked(calloc(1, sizeof *c));
    c->link = link;
    c->client = (struct end){c, NULL, descriptor, 1, 1};
    c->server = (struct end){c, NULL, -1, 0, 0};
    c->accepted = now;
    c->window = 10 * SEGMENT;
    c->next = connections;
    connections = c;
    link->counters.opened++;
    if (first_connection == 0) first_connection = now;
    no_delay(descriptor);
    watch(&c->client);
    if (link->refuse_above && link->refuse_status == 0 && link->open >= link->refuse_above) {
      c->reset_at = now + link->rtt;
      link->counters.refused++;
    } else {
      connect_to_server(c);
    }
  }
}

/* The window at which slow start ends: half more than the connection's rate needs, because the rate
   itself is kept by tokens. */
static double full_window(struct link *link) {
  return at_least(10 * SEGMENT, at_most(link->window, 1.5 * link->conn * (link->rtt + 4 * tick)));
}

static int is_busy(struct connection *c) { return !c->dead && (c->asked || c->written < c->read); }

/* Nothing will happen on this connection until a socket says so. */
static int is_quiet(struct connection *c) {
  return !is_busy(c) && c->reset_at == 0 && c->up_read == c->up_written && c->acks.count == 0 &&
         c->client_ended == c->server_shut && c->server_ended == c->client_shut;
}

/* --- from the client to the server --- */

static int starts_request(const char *bytes, size_t count) {
  return (count >= 4 && memcmp(bytes, "GET ", 4) == 0) || (count >= 5 && memcmp(bytes, "HEAD ", 5) == 0);
}

static void read_client(struct connection *c) {
  char bytes[16384];
  while (c->client.readable && !c->client_ended) {
    if (c->up_read - c->up_written >= sizeof bytes * 4) return;
    ssize_t n = recv(c->client.descriptor, bytes, sizeof bytes, 0);
    if (n < 0 && errno == EAGAIN) {
      c->client.readable = 0;
    } else if (n < 0) {
      end_connection(c, 1);
      return;
    } else if (n == 0) {
      c->client_ended = 1;
      c->client_end_at = now + c->link->rtt / 2;
    } else {
      struct iovec to[2];
      grow(&c->up, c->up_read - c->up_written + n, c->up_written, c->up_read);
      pieces(&c->up, c->up_read, c->up_read + n, to);
      memcpy(to[0].iov_base, bytes, to[0].iov_len);
      memcpy(to[1].iov_base, bytes + to[0].iov_len, to[1].iov_len);
      c->up_read += n;
      push(&c->up_marks, at_least(now, c->accepted + c->link->rtt) + c->link->rtt / 2, c->up_read);
      c->link->counters.requests += starts_request(bytes, n);
    }
  }
}

static int must_refuse(struct connection *c, const struct iovec *request) {
  if (c->link->refuse_above == 0 || c->link->refuse_status == 0 || is_busy(c)) return 0;
  if (!starts_request(request->iov_base, request->iov_len)) return 0;
  int others = 0;
  for (struct connection *o = connections; o != NULL; o = o->next) others += o->link == c->link && is_busy(o);
  return others >= c->link->refuse_above;
}

/* Answers in place of the server. */
static void refuse(struct connection *c) {
  char answer[256], retry[64] = "";
  if (c->link->retry_after >= 0) snprintf(retry, sizeof retry, "Retry-After: %d\r\n", c->link->retry_after);
  int n = snprintf(answer, sizeof answer, "HTTP/1.1 %d Refused\r\nContent-Length: 0\r\n%s\r\n", c->link->refuse_status, retry);
  grow(&c->down, c->read - c->written + READ_AHEAD, c->written, c->read);
  struct iovec to[2];
  pieces(&c->down, c->read, c->read + n, to);
  memcpy(to[0].iov_base, answer, to[0].iov_len);
  memcpy(to[1].iov_base, answer + to[0].iov_len, to[1].iov_len);
  c->read += n;
  c->link->counters.refused++;
}

static void write_server(struct connection *c) {
  struct mark *mark;
  struct iovec from[2];
  while (c->up_due == c->up_written && (mark = arrived(&c->up_marks)) != NULL) {
    c->up_due = mark->end;
    int count = pieces(&c->up, c->up_written, c->up_due, from);
    if (must_refuse(c, from)) {
      refuse(c);
      c->up_written = c->up_due;
      continue;
    }
    c->asked = 1;
    ssize_t n = c->server.writable ? writev(c->server.descriptor, from, count) : 0;
    if (n > 0) c->up_written += n;
  }
  if (c->up_written < c->up_due && c->server.writable) {
    ssize_t n = writev(c->server.descriptor, from, pieces(&c->up, c->up_written, c->up_due, from));
    if (n >= 0) c->up_written += n;
    else if (errno == EAGAIN) c->server.writable = 0;
    else end_connection(c, 1);
  }
  if (!c->dead && c->client_ended && !c->server_shut && c->up_written == c->up_read && now >= c->client_end_at) {
    shutdown(c->server.descriptor, SHUT_WR);
    c->server_shut = 1;
  }
}

/* --- from the server to the client --- */

static void acknowledge(struct connection *c) {
  double full = full_window(c->link);
  for (struct mark *mark; (mark = arrived(&c->acks)) != NULL; c->acknowledged = mark->end)
    if ((c->sent - c->acknowledged) * 2 >= c->window)
      c->window = at_most(full, c->window + (mark->end - c->acknowledged));
  c->window = at_most(full, c->window);
}

static void read_server(struct connection *c) {
  while (c->server.readable && !c->server_ended && c->read - c->sent < READ_AHEAD) {
    grow(&c->down, c->window + READ_AHEAD, c->written, c->read);
    uint64_t room = c->down.capacity - (c->read - c->written);
    uint64_t most = READ_AHEAD - (c->read - c->sent);
    if (room == 0) return;
    struct iovec to[2];
    ssize_t n = readv(c->server.descriptor, to, pieces(&c->down, c->read, c->read + (room < most ? room : most), to));
    if (n < 0 && errno == EAGAIN) {
      c->server.readable = 0;
    } else if (n < 0) {
      end_connection(c, 1);
      return;
    } else if (n == 0) {
      c->server_ended = 1;
      c->asked = 0;
      c->server_end_at = now + c->link->rtt / 2;
    } else {
      c->read += n;
      c->asked = 0;
    }
  }
}

static void refill(struct bucket *bucket, double rate, double passed) {
  double most = at_least(rate * (bucket->limited ? 0.25 : 0.01), 2 * SEGMENT);
  bucket->tokens = at_most(most, bucket->tokens + rate * passed);
  bucket->limited = 0;
}

/* The tokens of a bucket, none if they are fewer than a segment and than what is wanted. */
static double offer(struct bucket *bucket, double wanted) {
  if (bucket->tokens >= wanted) return wanted;
  bucket->limited = 1;
  return bucket->tokens < SEGMENT ? 0 : bucket->tokens;
}

static uint64_t send_some(struct connection *c, double quantum) {
  double wanted = at_most(at_most(c->read - c->sent, c->window - (c->sent - c->acknowledged)), quantum);
  if (wanted < 1) return 0;
  wanted = offer(&c->bucket, wanted);
  if (wanted > 0) wanted = offer(&c->link->bucket, wanted);
  if (wanted > 0) wanted = offer(&all_bucket, wanted);
  uint64_t bytes = wanted;
  c->bucket.tokens -= bytes;
  c->link->bucket.tokens -= bytes;
  all_bucket.tokens -= bytes;
  c->sent += bytes;
  if (c->link->stall_chance > 0 && random_fraction() < c->link->stall_chance * bytes / (1 << 20))
    c->stalled_until = now + c->link->stall_time;
  return bytes;
}

static int can_send(struct connection *c) {
  return !c->dead && c->sent < c->read && c->sent - c->acknowledged < c->window && now >= c->stalled_until;
}

/* Hands the tokens of a tick to the connections that have something to send, in rounds of equal
   shares. The first in turn changes with each tick. */
static void share(double passed) {
  static struct connection **active;
  static size_t capacity, turn;
  size_t count = 0;
  for (int i = 0; i < link_count; i++) links[i].busy = 0;
  for (struct connection *c = connections; c != NULL; c = c->next) {
    c->link->busy += !c->dead && c->written < c->read;
    refill(&c->bucket, c->link->conn, passed);
    if (!can_send(c)) continue;
    if (count == capacity) active = checked(realloc(active, (capacity = capacity * 2 + 64) * sizeof *active));
    active[count++] = c;
  }
  for (int i = 0; i < link_count; i++) {
    int above = links[i].knee && links[i].busy > links[i].knee ? links[i].busy - links[i].knee : 0;
    refill(&links[i].bucket, links[i].total * pow(1 - links[i].knee_loss, above), passed);
  }
  refill(&all_bucket, all, passed);
  turn++;
  for (uint64_t progress = count; progress > 0 && count > 0;) {
    progress = 0;
    for (size_t i = 0; i < count; i++) {
      struct connection *c = active[(i + turn) % count];
      double fair = at_most(c->link->bucket.tokens, all_bucket.tokens) / count;
      if (can_send(c)) progress += send_some(c, at_least(fair, 2 * SEGMENT));
    }
  }
  for (size_t i = 0; i < count; i++) {
    struct connection *c = active[i];
    uint64_t marked = c->down_marks.count ? c->down_marks.ring[(c->down_marks.first + c->down_marks.count - 1) % c->down_marks.capacity].end : c->due;
    if (c->sent > marked) push(&c->down_marks, now + c->link->rtt / 2, c->sent);
  }
}

static void write_client(struct connection *c) {
  for (struct mark *mark; (mark = arrived(&c->down_marks)) != NULL; c->due = mark->end) c->due_at = mark->at;
  while (c->written < c->due && c->client.writable) {
    struct iovec from[2];
    ssize_t n = writev(c->client.descriptor, from, pieces(&c->down, c->written, c->due, from));
    if (n < 0 && errno == EAGAIN) {
      c->client.writable = 0;
      c->due_at = 0;
    } else if (n < 0) {
      end_connection(c, 1);
      return;
    } else {
      c->written += n;
      c->link->counters.bytes += n;
      c->link->counters.last_byte = now;
      push(&c->acks, (c->due_at > 0 ? c->due_at : now) + c->link->rtt / 2, c->written);
    }
  }
  if (c->server_ended && !c->client_shut && c->written == c->read && now >= c->server_end_at) {
    shutdown(c->client.descriptor, SHUT_WR);
    c->client_shut = 1;
  }
  if (c->client_shut && (c->server_shut || c->client_ended)) end_connection(c, 0);
}

/* --- the loop --- */

static void handle(struct end *end, uint32_t events) {
  if (end->listener) {
    accept_all(end->listener);
    return;
  }
  if (events & (EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR)) end->readable = 1;
  if (events & EPOLLOUT) end->writable = 1;
}

static void remove_dead(void) {
  for (struct connection **place = &connections; *place != NULL;) {
    struct connection *c = *place;
    if (!c->dead) {
      place = &c->next;
      continue;
    }
    *place = c->next;
    free(c->up.bytes);
    free(c->down.bytes);
    free(c->up_marks.ring);
    free(c->down_marks.ring);
    free(c->acks.ring);
    free(c);
  }
}

/* Moves everything on by the time since the last tick; returns whether there is more to do. */
static int run(double passed) {
  make_due_changes();
  for (struct connection *c = connections; c != NULL; c = c->next) {
    if (c->reset_at > 0 && now >= c->reset_at) end_connection(c, 1);
    if (!c->dead) read_client(c);
    if (!c->dead && c->reset_at == 0) write_server(c);
    if (!c->dead && c->reset_at == 0) acknowledge(c);
    if (!c->dead && c->reset_at == 0) read_server(c);
  }
  share(passed);
  int more = 0;
  for (struct connection *c = connections; c != NULL; c = c->next) {
    if (!c->dead && c->reset_at == 0) write_client(c);
    more |= !c->dead && !is_quiet(c);
  }
  remove_dead();
  return more;
}

static void wait_until(double time) {
  double rest = time - clock_now();
  struct timespec pause = {0, rest * 1e9};
  if (rest > 0) nanosleep(&pause, NULL);
}

static void loop(void) {
  struct epoll_event events[512];
  double last = clock_now();
  for (int more = 0; !stopped;) {
    if (more) wait_until(last + tick);
    int count = epoll_wait(epoll_descriptor, events, 512, more ? 0 : 200);
    now = clock_now();
    for (int i = 0; i < count; i++) handle(events[i].data.ptr, events[i].events);
    double passed = now - last;
    last = now;
    more = run(passed);
  }
}

static void listen_on(struct link *link, struct end *end) {
  int on = 1;
  if (link->to.sin_port == 0) fail("a link", "needs to=IP:PORT");
  link->descriptor = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  setsockopt(link->descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind(link->descriptor, (struct sockaddr *)&link->listen, sizeof link->listen) != 0 || listen(link->descriptor, 4096) != 0)
    fail("cannot listen", strerror(errno));
  *end = (struct end){NULL, link, link->descriptor, 0, 0};
  watch(end);
  /* Two per cent of the shortest round trip, so that rounding up to ticks costs little. */
  tick = at_least(2.5e-4, at_most(tick, link->rtt / 50));
}

static void stop(int signal) {
  (void)signal;
  stopped = 1;
}

static void print(struct counters *of) {
  printf("connections=%ld most=%ld refused=%ld bytes=%llu requests=%ld seconds=%.3f", of->opened, of->most, of->refused,
         (unsigned long long)of->bytes, of->requests, of->last_byte > 0 ? of->last_byte - first_connection : 0);
}

static void print_all(void) {
  struct counters sum = {.most = most_open};
  struct rusage used;
  for (int i = 0; i < link_count; i++) {
    struct counters *of = &links[i].counters;
    sum.opened += of->opened;
    sum.refused += of->refused;
    sum.bytes += of->bytes;
    sum.requests += of->requests;
    sum.last_byte = at_least(sum.last_byte, of->last_byte);
  }
  print(&sum);
  getrusage(RUSAGE_SELF, &used);
  printf(" cpu=%.3f\n", used.ru_utime.tv_sec + used.ru_stime.tv_sec + (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6);
  for (int i = 0; i < link_count && link_count > 1; i++) {
    print(&links[i].counters);
    puts("");
  }
}

int main(int argc, char **argv) {
  for (int i = 1; i < argc; i++) set_all_of(strdup(argv[i])); /* ps shows them whole */
  if (link_count == 0) fail("usage", "link-relay listen=IP:PORT,to=IP:PORT[,KEY=VALUE ...] ...");
  struct rlimit files;
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  prctl(PR_SET_TIMERSLACK, 1000);
  signal(SIGPIPE, SIG_IGN);
  signal(SIGTERM, stop);
  signal(SIGINT, stop);
  epoll_descriptor = epoll_create1(EPOLL_CLOEXEC);
  for (int i = 0; i < link_count; i++) listen_on(&links[i], &listeners[i]);
  puts("ready");
  fflush(stdout);
  loop();
  print_all();
  return 0;
}
