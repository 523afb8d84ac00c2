/** Who may use {@code bulkdl serve}: users, passwords, sessions, tokens, the audit log. */
@NullMarked
package dev.bulkdl.serve.user;

import org.jspecify.annotations.NullMarked;
