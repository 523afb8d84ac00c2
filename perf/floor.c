/* floor recv|splice BUFFER_KIB HOST PORT FOLDER PATH...: fetches each path over plain HTTP/1.1, one
   thread and one connection a file, with as little work as can be: what any client has to do at
   least. recv reads into a buffer and writes it at its offset; splice moves pages from the socket
   through a pipe into the file. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

static const char *host, *port, *folder;
static size_t buffer_size;
static int use_splice;

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static int dial(void) {
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(atoi(port))};
  int s = socket(AF_INET, SOCK_STREAM, 0);
  if (s < 0 || inet_pton(AF_INET, host, &to.sin_addr) != 1 ||
      connect(s, (struct sockaddr *)&to, sizeof to) != 0)
    fail("connect");
  return s;
}

static void write_all(int file, const char *bytes, size_t count, off_t at) {
  while (count > 0) {
    ssize_t n = pwrite(file, bytes, count, at);
    if (n <= 0) fail("pwrite");
    bytes += n;
    at += n;
    count -= n;
  }
}

/* Reads the head, writes what came of the body behind it; returns the body's length. */
static long head(int s, char *buffer, int file, off_t *at) {
  size_t have = 0;
  char *end = NULL;
  while (end == NULL) {
    ssize_t n = recv(s, buffer + have, buffer_size - have - 1, 0);
    if (n <= 0) fail("recv");
    have += n;
    buffer[have] = 0;
    end = strstr(buffer, "\r\n\r\n");
  }
  char *length = strcasestr(buffer, "\r\nContent-Length:");
  if (strncmp(buffer, "HTTP/1.1 200", 12) != 0 || length == NULL) {
    fprintf(stderr, "floor: unexpected answer: %.60s\n", buffer);
    exit(1);
  }
  long total = atol(length + 17);
  *at = have - (end + 4 - buffer);
  write_all(file, end + 4, *at, 0);
  return total;
}

static void by_recv(int s, char *buffer, int file, off_t at, long total) {
  while (at < total) {
    ssize_t n = recv(s, buffer, buffer_size, 0);
    if (n <= 0) fail("recv");
    write_all(file, buffer, n, at);
    at += n;
  }
}

static void by_splice(int s, int file, off_t at, long total) {
  int ends[2];
  if (pipe(ends) != 0) fail("pipe");
  fcntl(ends[1], F_SETPIPE_SZ, 1 << 20);
  loff_t to = at;
  while (to < total) {
    ssize_t n = splice(s, NULL, ends[1], NULL, buffer_size, SPLICE_F_MOVE | SPLICE_F_MORE);
    if (n <= 0) fail("splice from the socket");
    while (n > 0) {
      ssize_t moved = splice(ends[0], NULL, file, &to, n, SPLICE_F_MOVE | SPLICE_F_MORE);
      if (moved <= 0) fail("splice into the file");
      n -= moved;
    }
  }
  close(ends[0]);
  close(ends[1]);
}

static void *fetch(void *argument) {
  const char *path = argument;
  char name[4096];
  snprintf(name, sizeof name, "%s/%s", folder, strrchr(path, '/') + 1);
  int file = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0644);
  if (file < 0) fail(name);
  char *buffer = malloc(buffer_size);
  int s = dial();
  int n = snprintf(buffer, buffer_size, "GET %s HTTP/1.1\r\nHost: %s:%s\r\n\r\n", path, host, port);
  if (send(s, buffer, n, 0) != n) fail("send");
  off_t at;
  long total = head(s, buffer, file, &at);
  if (use_splice)
    by_splice(s, file, at, total);
  else
    by_recv(s, buffer, file, at, total);
  close(s);
  close(file);
  free(buffer);
  return NULL;
}

int main(int argc, char **argv) {
  if (argc < 7) {
    fprintf(stderr, "usage: floor recv|splice BUFFER_KIB HOST PORT FOLDER PATH...\n");
    return 2;
  }
  use_splice = strcmp(argv[1], "splice") == 0;
  buffer_size = (size_t)atol(argv[2]) << 10;
  host = argv[3];
  port = argv[4];
  folder = argv[5];
  int count = argc - 6;
  pthread_t *threads = calloc(count, sizeof *threads);
  for (int i = 0; i < count; i++)
    if (pthread_create(&threads[i], NULL, fetch, argv[6 + i]) != 0) fail("pthread_create");
  for (int i = 0; i < count; i++) pthread_join(threads[i], NULL);
  return 0;
}
