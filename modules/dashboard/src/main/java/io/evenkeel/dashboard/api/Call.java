package io.evenkeel.dashboard.api;

/**
 * A request that was let in.
 *
 * @param caller whose token it came with
 * @param query as it stands in the address; empty for none
 * @param body empty where none is taken
 * @param remote address it came from
 */
record Call(Token caller, String query, String body, String remote) {}
