package dev.bulkdl.text;

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

  /** Returns the URL without the parameters of a signature. Their separators stay. */
  public static String withoutSignature(String url) {
    return url.indexOf('?') < 0 ? url : SIGNATURE.matcher(url).replaceAll("$1");
  }
}
