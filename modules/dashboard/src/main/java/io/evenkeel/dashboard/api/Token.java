package io.evenkeel.dashboard.api;

import java.util.function.Supplier;

/**
 * What lets a person or a program in.
 *
 * @param name who says what is said with it
 * @param source where its text comes from, for people
 * @param text reads it, or throws {@link IllegalStateException} that names the source and not the text
 */
public record Token(String name, String source, Access access, Supplier<String> text) {}
