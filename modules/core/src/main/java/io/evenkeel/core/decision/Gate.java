package io.evenkeel.core.decision;

/** A rule about one thing that can say no. Pure: what it looks at is in the question. */
@FunctionalInterface
interface Gate<Q extends Question> {

    GateAnswer ask(Q question);
}
