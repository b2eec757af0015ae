package io.evenkeel.lab.process;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The last thing that a child said: the log itself may be deleted with the lab's folder before anybody reads it. */
public final class LogTail {

    private LogTail() {}

    /** The last line that isn't blank and isn't part of a stack trace; "nothing" if there is none. */
    public static String of(Path log) {
        try {
            return Files.readAllLines(log).stream().filter(line -> !line.isBlank() && !line.startsWith("\t"))
                    .reduce((_, last) -> last).orElse("nothing");
        } catch (MalformedInputException unreadable) {
            return "something that isn't UTF-8";
        } catch (IOException noLog) {
            return "nothing";
        }
    }
}
