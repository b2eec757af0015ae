package io.evenkeel.drills.simulator;

/** A task of one of the three Streams applications: one instance runs it at a time. */
interface PipelineTask {

    /** An owner takes it up: with what was committed, and nothing else. */
    void start();

    /** Its owner is gone, or it moves on after a commit: what was not committed is as if it had never been. */
    void stop();

    /** Its owner stands still: nothing is read, nothing is forgotten. */
    void freeze();

    /** Its owner goes on, and is still the owner. */
    void thaw();

    /** Its owner goes on, but another one took over meanwhile: it tries to commit what it does. */
    void wakeAsZombie();

    /** Its owner will die right before the next commit with something to tell. */
    void dieBeforeCommit(Runnable death);

    /** Reads what was read before once more. */
    void replay();
}
