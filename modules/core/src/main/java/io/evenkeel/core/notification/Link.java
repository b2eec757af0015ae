package io.evenkeel.core.notification;

/**
 * Where to look next.
 *
 * @param text what stands there, such as {@code Runbook}
 * @param url an address that is ready to be followed
 */
public record Link(String text, String url) {}
