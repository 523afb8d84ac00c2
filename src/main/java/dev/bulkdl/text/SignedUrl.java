package dev.bulkdl.text;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * URLs that are signed for a limited time. The same file has other parameters each time that it is
 * signed. Pure.
 */
public final class SignedUrl {

  /** The query parameters of object stores and content networks that hold a signature. */
  private static final Pattern SIGNATURE =
      Pattern.compile(
          "(?i)([?&])(?:x-amz-[a-z-]+|x-goog-[a-z-]+|signature|expires|policy|key-pair-id"
              + "|awsaccesskeyid|googleaccessid|sig|se|st|sp|sv|sr|skoid|sktid|skt|ske|sks|skv"
              + "|hdnts|hdnea)=[^&#]*");

  private SignedUrl() {}

  /** Parameters that hold the second at which the URL expires: CloudFront, S3 (v2), many others. */
  private static final Pattern SECOND = parameter("expires|x-expires|exp");

  private static final Pattern BEGIN = parameter("x-amz-date|x-goog-date");
  private static final Pattern SECONDS = parameter("x-amz-expires|x-goog-expires");
  private static final Pattern AZURE = parameter("se");
  private static final Pattern POLICY = parameter("policy");
  private static final Pattern POLICY_SECOND =
      Pattern.compile("\"AWS:EpochTime\"\\s*:\\s*([0-9]{1,12})");
  private static final DateTimeFormatter BASIC =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static Pattern parameter(String names) {
    return Pattern.compile("(?i)[?&](?:" + names + ")=([^&#]+)");
  }

  /** Returns when the signature of a URL expires; empty if it does not say so. */
  public static Optional<Instant> expiry(String url) {
    if (url.indexOf('?') < 0) {
      return Optional.empty();
    }
    try {
      return afterBegin(url)
          .or(() -> value(SECOND, url).filter(SignedUrl::isSecond).map(SignedUrl::second))
          .or(() -> value(AZURE, url).map(SignedUrl::isoTime))
          .or(() -> value(POLICY, url).flatMap(SignedUrl::ofPolicy));
    } catch (DateTimeException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> afterBegin(String url) {
    return value(BEGIN, url)
        .flatMap(
            begin ->
                value(SECONDS, url)
                    .map(
                        seconds ->
                            BASIC
                                .parse(begin, Instant::from)
                                .plusSeconds(Long.parseLong(seconds))));
  }

  private static Optional<String> value(Pattern parameter, String url) {
    Matcher found = parameter.matcher(url);
    return found.find()
        ? Optional.of(URLDecoder.decode(found.group(1), StandardCharsets.UTF_8))
        : Optional.empty();
  }

  private static boolean isSecond(String text) {
    return text.length() <= 12 && Chars.all(text, Chars::isAsciiDigit);
  }

  private static Instant second(String digits) {
    return Instant.ofEpochSecond(Long.parseLong(digits));
  }

  /** A day alone is its beginning. */
  private static Instant isoTime(String text) {
    return text.indexOf('T') < 0
        ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
        : OffsetDateTime.parse(text).toInstant();
  }

  /** CloudFront replaces three characters of base64. */
  private static Optional<Instant> ofPolicy(String text) {
    String base64 = text.replace('-', '+').replace('_', '=').replace('~', '/');
    String json = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    Matcher second = POLICY_SECOND.matcher(json);
    return second.find() ? Optional.of(second(second.group(1))) : Optional.empty();
  }

  /** Returns the URL without the parameters of a signature. Their separators stay. */
  public static String withoutSignature(String url) {
    return url.indexOf('?') < 0 ? url : SIGNATURE.matcher(url).replaceAll("$1");
  }
}
