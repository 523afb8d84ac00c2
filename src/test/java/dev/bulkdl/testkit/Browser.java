package dev.bulkdl.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real headless browser, controlled by its DevTools protocol. It shows one page at a time. */
public final class Browser implements AutoCloseable {
  private static final long BOUND_SECONDS = 120;
  private static final Pattern LISTENING = Pattern.compile("DevTools listening on (ws://\\S+)\\s");

  private final Path profile;
  private final Process process;
  private final HttpClient http = HttpClient.newHttpClient();
  private final WebSocket socket;
  private final AtomicInteger lastId = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
  private final List<JsonNode> events = new CopyOnWriteArrayList<>();

  /** The load events by loader id. The previous page may still send events. */
  private final Map<String, CompletableFuture<Void>> loaded = new ConcurrentHashMap<>();

  private Optional<String> session = Optional.empty();

  private Browser() throws IOException {
    profile = Files.createTempDirectory("bulkdl-browser");
    List<String> command =
        List.of(
            Programs.find("chromium").orElseThrow().toString(),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--no-first-run",
            "--hide-scrollbars",
            "--remote-debugging-port=0",
            "--user-data-dir=" + profile);
    process = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    Output log = new Output("the browser's log", process.getErrorStream());
    log.await(text -> LISTENING.matcher(text).find());
    Matcher address = LISTENING.matcher(log.text());
    address.find();
    socket =
        http.newWebSocketBuilder().buildAsync(URI.create(address.group(1)), new Messages()).join();
    String target =
        call("Target.createTarget", Map.of("url", "about:blank")).at("/targetId").asString();
    session =
        Optional.of(
            call("Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                .at("/sessionId")
                .asString());
    List.of("Page.enable", "Runtime.enable", "Log.enable", "Network.enable")
        .forEach(each -> call(each, Map.of()));
    call("Page.setLifecycleEventsEnabled", Map.of("enabled", true));
  }

  /** Skips the test with one line if there is no browser. */
  public static void orSkip(String whatIsSkipped) {
    Programs.orSkip(whatIsSkipped, "chromium");
  }

  public static Browser start() {
    try {
      return new Browser();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Opens a file as a page of this width and returns when it has loaded.
   *
   * @param scheme the colour scheme that the user prefers, {@code light} or {@code dark}
   */
  public void open(Path file, String scheme, int width) {
    events.clear();
    size(width, 900);
    List<Map<String, String>> wanted =
        List.of(Map.of("name", "prefers-color-scheme", "value", scheme));
    call("Emulation.setEmulatedMedia", Map.of("features", wanted));
    JsonNode navigation = call("Page.navigate", Map.of("url", file.toUri().toString()));
    await(loadedBy(navigation.at("/loaderId").asString()));
  }

  private CompletableFuture<Void> loadedBy(String loader) {
    return loaded.computeIfAbsent(loader, unseen -> new CompletableFuture<>());
  }

  private void size(int width, int height) {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  /** Returns the value of a JavaScript expression. */
  public JsonNode evaluate(String expression) {
    JsonNode result =
        call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
    if (result.has("exceptionDetails")) {
      throw new AssertionError(result.get("exceptionDetails").toString());
    }
    return result.at("/result/value");
  }

  /**
   * Returns the number of colours in each canvas, by the nearest surrounding element with an id.
   */
  public Map<String, Integer> canvasColors() {
    JsonNode colors =
        evaluate(
            """
            Object.fromEntries([...document.querySelectorAll("canvas")].map((canvas) => {
              const { width, height } = canvas;
              const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
              return [canvas.closest("[id]").id, new Set(new Uint32Array(data.buffer)).size];
            }))
            """);
    Map<String, Integer> byId = new TreeMap<>();
    colors.properties().forEach(each -> byId.put(each.getKey(), each.getValue().asInt()));
    return byId;
  }

  /** Presses and releases a key, such as {@code Tab} or {@code ArrowRight}. */
  public void press(String key) {
    for (String type : List.of("keyDown", "keyUp")) {
      call("Input.dispatchKeyEvent", Map.of("type", type, "key", key, "code", key));
    }
  }

  /** Saves a picture of the whole page. */
  public void screenshot(Path png, int width) {
    size(width, evaluate("document.documentElement.scrollHeight").asInt());
    String picture = call("Page.captureScreenshot", Map.of("format", "png")).at("/data").asString();
    try {
      Files.createDirectories(png.toAbsolutePath().getParent());
      Files.write(png, Base64.getDecoder().decode(picture));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns exceptions of scripts and complaints of the browser since the page was opened. */
  public List<String> complaints() {
    evaluate("0"); // all earlier events of the page have arrived after this reply
    List<String> complaints = new ArrayList<>();
    for (JsonNode event : events) {
      String method = event.at("/method").asString();
      boolean bad = event.at("/params/entry/level").asString("").matches("error|warning");
      if (method.equals("Runtime.exceptionThrown") || (method.equals("Log.entryAdded") && bad)) {
        complaints.add(event.toString());
      }
    }
    return complaints;
  }

  /**
   * Returns the addresses that were requested since the page was opened, including the page itself.
   */
  public List<String> requests() {
    evaluate("0");
    return events.stream()
        .filter(event -> event.at("/method").asString().equals("Network.requestWillBeSent"))
        .map(event -> event.at("/params/request/url").asString())
        .toList();
  }

  private JsonNode call(String method, Map<String, ?> parameters) {
    int id = lastId.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    answers.put(id, answer);
    Map<String, Object> message = new HashMap<>();
    message.put("id", id);
    message.put("method", method);
    message.put("params", parameters);
    session.ifPresent(known -> message.put("sessionId", known));
    socket.sendText(JsonMapper.shared().writeValueAsString(message), true).join();
    JsonNode got = await(answer);
    if (got.has("error")) {
      throw new AssertionError(method + ": " + got.get("error"));
    }
    return got.get("result");
  }

  private static <T> T await(CompletableFuture<T> future) {
    return future.orTimeout(BOUND_SECONDS, TimeUnit.SECONDS).join();
  }

  private final class Messages implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        received(JsonMapper.shared().readTree(text.toString()));
        text.setLength(0);
      }
      from.request(1);
      return null;
    }

    private void received(JsonNode message) {
      if (message.has("id")) {
        answers.remove(message.get("id").asInt()).complete(message);
        return;
      }
      events.add(message);
      if (message.at("/method").asString().equals("Page.lifecycleEvent")
          && message.at("/params/name").asString().equals("load")) {
        loadedBy(message.at("/params/loaderId").asString()).complete(null);
      }
    }
  }

  @Override
  public void close() {
    List<ProcessHandle> all = Processes.treeOf(process.pid());
    session = Optional.empty();
    call("Browser.close", Map.of());
    await(process.onExit());
    Processes.end(all); // other processes of the browser live longer and write into the profile
    http.shutdownNow();
    Folders.delete(profile);
  }
}
