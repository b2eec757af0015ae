package io.evenkeel.probe.http;

import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** Addresses of hosts, within a deadline. */
final class Names {

    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|\\[?[0-9A-Fa-f:.%]*:.*");

    private Names() {}

    /**
     * All of them, in the order in which they are to be tried.
     *
     * @param endNanos by {@link System#nanoTime}
     */
    static List<InetAddress> of(String host, long endNanos)
            throws UnknownHostException, SocketTimeoutException, InterruptedException {
        if (LITERAL.matcher(host).matches()) {
            return List.of(InetAddress.getByName(host));
        }
        var resolved = new CompletableFuture<List<InetAddress>>();
        // A thread of its own, since nothing can interrupt a name resolution: at the deadline it is left behind.
        Thread.ofVirtual().name("resolve").start(() -> resolve(host, resolved));
        try {
            return resolved.get(endNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw (SocketTimeoutException) new SocketTimeoutException("the address of " + host + " took too long")
                    .initCause(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownHostException unknown) {
                throw unknown;
            }
            throw new IllegalStateException("the agent itself failed to resolve " + host, e.getCause());
        }
    }

    private static void resolve(String host, CompletableFuture<List<InetAddress>> resolved) {
        try {
            resolved.complete(List.of(InetAddress.getAllByName(host)));
        } catch (Throwable e) {
            resolved.completeExceptionally(e);
        }
    }
}
