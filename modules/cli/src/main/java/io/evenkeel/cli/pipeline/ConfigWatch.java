package io.evenkeel.cli.pipeline;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** When to look at the configuration file: every 5 s, and at SIGHUP. */
final class ConfigWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ConfigWatch.class);

    private final ConfigReload reload;
    private final LinkedBlockingQueue<String> signals = new LinkedBlockingQueue<>(1);
    private final Thread thread = Thread.ofVirtual().name("config-watch").unstarted(this::run);

    ConfigWatch(ConfigReload reload) {
        this.reload = reload;
    }

    void start() {
        try {
            Hangup.handle(() -> {
                var _ = signals.offer("HUP");
            });
        } catch (ReflectiveOperationException notHere) {
            LOG.atInfo().addKeyValue("error", notHere.toString())
                    .log("SIGHUP can't be handled here; the configuration file is looked at all the same");
        }
        thread.start();
    }

    private void run() {
        var pause = ConfigReload.EVERY;
        try {
            while (true) {
                pause = next(signals.poll(pause.toMillis(), TimeUnit.MILLISECONDS) != null);
            }
        } catch (InterruptedException _) {
            LOG.atDebug().log("configuration is not watched any more");
        }
    }

    private Duration next(boolean asked) {
        try {
            if (asked) {
                reload.now();
                return ConfigReload.EVERY;
            }
            return reload.look();
        } catch (RuntimeException bug) {
            LOG.atError().setCause(bug).log("configuration can't be reloaded, by a bug");
            return ConfigReload.EVERY;
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
