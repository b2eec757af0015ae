package io.evenkeel.events;

/**
 * A policy as it was configured: the value of {@code policies}.
 *
 * @param revision hash of the content; record key
 * @param content the policy as text
 * @param publishedBy who or what published it; for people
 */
public record PolicyRecord(String revision, String content, String publishedBy) {}
