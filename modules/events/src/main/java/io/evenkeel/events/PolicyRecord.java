package io.evenkeel.events;

/**
 * All numbers that rules decide by: the value of {@code policies}.
 *
 * @param revision hash of the content; record key
 * @param content the policy as JSON
 * @param publishedBy who or what published it; for people
 */
public record PolicyRecord(String revision, String content, String publishedBy) {}
