package dev.bulkdl.serve.web;

import org.eclipse.jetty.http.HttpFields;

/** The headers that every answer has. There is never one of CORS among them. */
final class SecurityHeaders {

  /** Of a file that a stranger made: opened in the browser, it is on no origin and runs nothing. */
  static final String SANDBOX = "sandbox; default-src 'none'";

  /** Of our own report page, which draws with its own scripts. */
  static final String REPORT_SANDBOX =
      "sandbox allow-scripts; default-src 'none'; script-src 'unsafe-inline';"
          + " style-src 'unsafe-inline'; img-src data:";

  private static final String PAGE_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
          + " img-src 'self' data:; font-src 'self'; manifest-src 'self'; frame-ancestors 'none';"
          + " form-action 'self'; base-uri 'self'; require-trusted-types-for 'script';"
          + " trusted-types svelte-trusted-html";
  private static final String API_POLICY = "default-src 'none'; frame-ancestors 'none'";

  private SecurityHeaders() {}

  static void ofPage(HttpFields.Mutable headers) {
    common(headers);
    headers.put("Content-Security-Policy", PAGE_POLICY);
  }

  static void ofApi(HttpFields.Mutable headers) {
    common(headers);
    headers.put("Content-Security-Policy", API_POLICY);
    headers.put("Cache-Control", "no-store");
  }

  private static void common(HttpFields.Mutable headers) {
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("X-Frame-Options", "DENY");
    headers.put("Referrer-Policy", "same-origin");
    headers.put("Cross-Origin-Opener-Policy", "same-origin");
    headers.put("Cross-Origin-Resource-Policy", "same-origin");
    headers.put("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
  }
}
