package io.evenkeel.core.health;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What others than probes say of a node that a quorum votes DOWN.
 *
 * @param lives one at most of each kind
 * @param failingSince when the failures began that it is judged by; MAX when there is none
 */
record OtherEvidence(List<Life> lives, Instant failingSince, NodePolicy numbers, Moment moment) {

    /** Evidence of life, seen so long after the first failure that it is no echo of before. */
    Optional<Life> contradiction() {
        var from = noEchoFrom();
        return lives.stream()
                .filter(life -> life.alive() && !life.observedAt().isBefore(from)
                        && !moment.isSilent(life.observedAt(), numbers.staleAfter()))
                .findFirst();
    }

    /**
     * Evidence of life that may be an echo, where what is seen next is none: worth waiting for, since two vantages that are
     * cut off see what a quorum sees of a dead node. Empty once that was waited for long enough.
     *
     * @param downSince since when a quorum votes DOWN
     */
    Optional<Life> echo(Instant downSince) {
        var now = moment.now();
        if (now.isBefore(noEchoFrom()) || !now.isBefore(downSince.plus(numbers.contradictionAfter()))) {
            return Optional.empty();
        }
        return lives.stream().filter(life -> life.alive() && !life.observedAt().isBefore(failingSince)).findFirst();
    }

    private Instant noEchoFrom() {
        return failingSince.equals(Instant.MAX) ? Instant.MAX : failingSince.plus(numbers.contradictionAfter());
    }

    static String described(Life life) {
        return switch (life.kind()) {
            case MEMBERSHIP -> "the master counted it in at " + life.observedAt();
            case OWN_REPORT -> "the agent on its host got an answer at " + life.observedAt();
        };
    }
}
