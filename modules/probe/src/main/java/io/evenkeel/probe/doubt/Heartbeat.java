package io.evenkeel.probe.doubt;

/** The loop that {@link Pauses} lives on. A virtual thread, as probes are: what starves them shows here too. */
public final class Heartbeat implements AutoCloseable {

    private final Thread thread;

    private Heartbeat(Thread thread) {
        this.thread = thread;
    }

    public static Heartbeat start(Pauses pauses) {
        return new Heartbeat(Thread.ofVirtual().name("heartbeat").start(() -> beat(pauses)));
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private static void beat(Pauses pauses) {
        while (!Thread.currentThread().isInterrupted()) {
            pauses.beat(System.nanoTime());
            try {
                Thread.sleep(Pauses.BEAT);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
