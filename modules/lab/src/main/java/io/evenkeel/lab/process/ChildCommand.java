package io.evenkeel.lab.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How to start a child.
 *
 * @param name what people call it, for messages
 * @param command program and arguments
 * @param environment added to the lab's own environment
 * @param workingFolder must exist
 * @param log takes the child's standard output and error; appended to
 */
public record ChildCommand(String name, List<String> command, Map<String, String> environment, Path workingFolder,
        Path log) {

    public ChildCommand {
        if (command.isEmpty()) {
            throw new IllegalArgumentException("command of " + name + " must not be empty");
        }
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }
}
