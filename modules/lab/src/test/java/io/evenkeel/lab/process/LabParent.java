package io.evenkeel.lab.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A small lab for {@link LabProcessesIT}: two children, each with a child of its own, and then it waits to be ended. */
final class LabParent {

    private LabParent() {}

    /** Arguments: the lab's folder, and a folder that outlives it for what the test reads. */
    public static void main(String[] args) throws Exception {
        var outside = Path.of(args[1]);
        var processes = LabProcesses.over(Path.of(args[0]));
        Runtime.getRuntime().addShutdownHook(new Thread(processes::close));
        // The older one is quick to end, the newer one slow: so an order in which they ended is one that was kept.
        start(processes, "older", outside, "0");
        start(processes, "newer", outside, "1");
        Files.writeString(processes.folder().resolve("some-data"), "data");
        Files.writeString(outside.resolve("ready"), "");
        Thread.currentThread().join();
    }

    private static void start(LabProcesses processes, String name, Path outside, String secondsToEnd) {
        var script = "trap 'sleep " + secondsToEnd + "; echo " + name + " >> order; kill $inner; exit 0' TERM; "
                + "sleep 300 & inner=$!; echo $$ $inner > " + name + ".tmp; mv " + name + ".tmp " + name
                + ".pids; while :; do wait $inner; done";
        processes.start(new ChildCommand(name, List.of("sh", "-c", script), Map.of(), outside,
                processes.folder().resolve(name + ".log")));
    }
}
