package io.evenkeel.core.decision;

import io.evenkeel.core.action.ActionOutcome;
import io.evenkeel.core.action.Command;
import java.util.function.UnaryOperator;

/** Requests whose effect is not seen yet, and what their outcomes make of them. */
final class Flights {

    private final Turn turn;

    Flights(Turn turn) {
        this.turn = turn;
    }

    void onOutcome(ActionOutcome outcome) {
        var flight = turn.state().inFlight().get(outcome.request().id());
        if (flight == null || !outcome.status().isEnd()) {
            return;
        }
        if (outcome.status().isEffective()) {
            turn.set(turn.state().with(flight.done()));
            if (flight.request().command() instanceof Command.FailOver command) {
                serviceMoved(command, flight, FailoverTransition.State.FAILED_OVER, outcome.detail());
            }
            return;
        }
        String reason = outcome.status() + ": " + outcome.detail();
        var retryAfter = turn.policy().retryAfter();
        switch (outcome.status()) {
            case REFUSED -> {
                turn.ledger(ledger -> ledger.withoutAsked(outcome.request().id()));
                cameToNothing(flight, fault -> fault.refused(turn.now(), retryAfter), reason);
            }
            case FAILED -> cameToNothing(flight, fault -> fault.retried(turn.now().plus(retryAfter)), reason);
            case STARTED, SUCCEEDED, ALREADY_DONE, UNKNOWN_EFFECT -> {
                // UNKNOWN_EFFECT stays in flight: it may have happened, so a person looks, holds and releases.
            }
        }
    }

    /** A person has looked: what is overdue there no longer blocks, and what is still broken is judged again. */
    void released(Intent intent) {
        turn.state().inFlight().values().stream()
                .filter(flight -> covers(intent, flight) && !turn.now().isBefore(flight.overdueAt()))
                .forEach(flight -> cameToNothing(flight, fault -> fault.retried(turn.now()), "released by a person"));
    }

    private static boolean covers(Intent intent, InFlight flight) {
        return intent.covers(flight.cluster().value()) || intent.covers(flight.request().serialKey());
    }

    private void cameToNothing(InFlight flight, UnaryOperator<Fault> again, String reason) {
        turn.set(turn.state().withoutInFlight(flight.request().id()));
        var fault = turn.state().faults().get(flight.faultKey());
        if (fault != null) {
            turn.set(turn.state().with(again.apply(fault)));
        }
        if (flight.request().command() instanceof Command.FailOver command) {
            serviceMoved(command, flight, FailoverTransition.State.ON_PRIMARY, reason);
        }
    }

    private void serviceMoved(Command.FailOver command, InFlight flight, FailoverTransition.State to, String reason) {
        var situation = turn.state().services().get(command.service().value());
        if (situation == null || situation.status().version() != command.epoch()) {
            return;
        }
        boolean done = to == FailoverTransition.State.FAILED_OVER;
        turn.move(new FailoverTransition(command.service(), done ? command.to() : command.from(), to, turn.now(),
                turn.version(command.epoch()), command.epoch(), flight.request().incident(), reason),
                done ? turn.now() : situation.lastFailoverAt());
    }

    /** A replacement is over when the cluster has its data nodes again, a failover when it is done. */
    void finish() {
        for (var flight : turn.state().inFlight().values()) {
            boolean restored = turn.state().cluster(flight.cluster()).dataNodesUp(flight.excused()) >= flight
                    .dataNodes();
            if (flight.effective() && (flight.dataNodes() == 0 || restored)) {
                turn.set(turn.state().withoutInFlight(flight.request().id()));
            }
        }
    }
}
