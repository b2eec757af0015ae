package io.evenkeel.cli.pipeline;

import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * SIGHUP. The JDK tells of signals by {@code sun.misc.Signal} alone. Its mention in the source is a warning that can't be
 * suppressed, and warnings are errors here: hence the one use of reflection.
 */
final class Hangup {

    private Hangup() {}

    /**
     * From now on a SIGHUP does this instead of ending the process.
     *
     * @throws ReflectiveOperationException where there is no such signal
     */
    static void handle(Runnable action) throws ReflectiveOperationException {
        var signal = Class.forName("sun.misc.Signal");
        var handler = Class.forName("sun.misc.SignalHandler");
        var run = MethodHandles.lookup().bind(action, "run", MethodType.methodType(void.class));
        var called = MethodHandleProxies.asInterfaceInstance(handler, MethodHandles.dropArguments(run, 0, signal));
        var _ = signal.getMethod("handle", signal, handler).invoke(null,
                signal.getConstructor(String.class).newInstance("HUP"), called);
    }
}
