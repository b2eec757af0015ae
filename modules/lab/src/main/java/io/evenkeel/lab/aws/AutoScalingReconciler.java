package io.evenkeel.lab.aws;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out what the groups lack: one thread looks ten times a second, each launch and termination has a thread of its own. */
final class AutoScalingReconciler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AutoScalingReconciler.class);
    private static final Duration PERIOD = Duration.ofMillis(100);

    private final AutoScalingGroups groups;
    private final InstanceLauncher launcher;
    private final Consumer<String> listener;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final Thread loop;
    private volatile boolean closed;

    AutoScalingReconciler(AutoScalingGroups groups, InstanceLauncher launcher, Consumer<String> listener) {
        this.groups = groups;
        this.launcher = launcher;
        this.listener = listener;
        this.loop = Thread.ofVirtual().name("lab-auto-scaling").unstarted(this::run);
    }

    void start() {
        loop.start();
    }

    /** Starts no further work and interrupts what runs; instances stay as they are, they are the lab's to end. */
    @Override
    public void close() {
        closed = true;
        loop.interrupt();
        workers.shutdownNow();
    }

    private void run() {
        try {
            while (!closed) {
                for (var work : groups.dueWork()) {
                    workers.execute(() -> carryOut(work));
                }
                Thread.sleep(PERIOD);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void carryOut(ScalingWork work) {
        var instance = work.instance();
        try {
            switch (work) {
                case ScalingWork.Launch launch -> {
                    launcher.launch(instance.id(), instance.groupName(), instance.availabilityZone());
                    groups.launched(launch);
                    tell("launched", instance);
                }
                case ScalingWork.Terminate terminate -> {
                    tell("terminating", instance);
                    launcher.terminate(instance.id());
                    groups.terminated(terminate);
                    tell("terminated", instance);
                }
            }
        } catch (RuntimeException e) {
            if (!closed) {
                LOG.atWarn().addKeyValue("instance", instance.id()).addKeyValue("error", e.toString())
                        .log("scaling activity failed, will be retried");
                groups.failed(work, String.valueOf(e.getMessage()));
                tell("activity failed (" + e.getMessage() + ") for", instance);
            }
        }
    }

    private void tell(String what, AutoScalingInstance instance) {
        listener.accept("autoscaling: " + what + " " + instance.id() + " of " + instance.groupName() + " in "
                + instance.availabilityZone());
    }
}
