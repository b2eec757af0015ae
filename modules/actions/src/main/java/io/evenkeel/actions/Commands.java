package io.evenkeel.actions;

import io.evenkeel.core.action.Command;
import io.evenkeel.core.action.Command.FailOver;
import io.evenkeel.core.action.Command.ReplaceInstance;

/** What a command is about, in words. */
final class Commands {

    private Commands() {}

    static String subject(Command command) {
        return switch (command) {
            case ReplaceInstance replace -> replace.node().toString();
            case FailOver over -> over.service().value();
        };
    }

    static String describe(Command command) {
        return switch (command) {
            case ReplaceInstance replace -> "replace instance " + replace.instanceId() + " of " + replace.node();
            case FailOver over -> "fail " + over.service() + " over from " + over.from() + " to " + over.to();
        };
    }
}
