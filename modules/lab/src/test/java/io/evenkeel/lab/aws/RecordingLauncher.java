package io.evenkeel.lab.aws;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Remembers what was started and ended; waits and fails as it is told. */
public final class RecordingLauncher implements InstanceLauncher {
    private final List<String> launched = new CopyOnWriteArrayList<>();
    private final List<String> terminated = new CopyOnWriteArrayList<>();
    private final AtomicReference<CountDownLatch> hold = new AtomicReference<>(new CountDownLatch(0));
    private final AtomicInteger launchesToFail = new AtomicInteger();
    private final AtomicInteger terminationsToFail = new AtomicInteger();

    @Override
    public void launch(String instanceId, String groupName, String availabilityZone) {
        if (launchesToFail.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IllegalStateException("no capacity");
        }
        try {
            hold.get().await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        launched.add(instanceId);
    }

    @Override
    public void terminate(String instanceId) {
        if (terminationsToFail.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IllegalStateException("will not die");
        }
        terminated.add(instanceId);
    }

    void holdLaunches() {
        hold.set(new CountDownLatch(1));
    }

    void letLaunchesGo() {
        hold.get().countDown();
    }

    void failLaunches(int count) {
        launchesToFail.set(count);
    }

    void failTerminations(int count) {
        terminationsToFail.set(count);
    }

    List<String> launched() {
        return launched;
    }

    public List<String> terminated() {
        return terminated;
    }
}
