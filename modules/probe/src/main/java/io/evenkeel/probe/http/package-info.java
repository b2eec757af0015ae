/** Asking Elasticsearch one question within one deadline, and telling what was really seen when it fails. */
@NullMarked
package io.evenkeel.probe.http;

import org.jspecify.annotations.NullMarked;
