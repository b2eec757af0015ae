package io.evenkeel.lab;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * How a lab is started.
 *
 * @param home folder of the installation, with {@code elasticsearch/} in it
 * @param evenkeel the product's own command line, up to the subcommand
 * @param strategy how the service is moved
 * @param progress gets a line for each step of the start
 * @param log gets a line for each thing that happens from then on
 */
public record LabOptions(Path home, List<String> evenkeel, LabDnsStrategy strategy, Consumer<String> progress,
        Consumer<String> log) {
    public LabOptions {
        evenkeel = List.copyOf(evenkeel);
    }
}
