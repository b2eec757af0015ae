package io.evenkeel.dashboard.api;

/** What a token is good for. */
public enum Access {
    /** To look. */
    READ,
    /** To look, and to say something. */
    OPERATE
}
