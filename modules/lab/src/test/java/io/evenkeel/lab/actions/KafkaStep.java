package io.evenkeel.lab.actions;

/** Where {@link KafkaSteps} can hold a process on its way with a request. */
enum KafkaStep {
    /** A transaction is begun, the claim is handed over, nothing was sent. */
    CLAIM_HANDED_OVER,
    /** The broker has the claim, in a transaction that is open. */
    CLAIM_WRITTEN,
    /** All is done but to send the end. */
    END_HANDED_OVER,
    /** The broker has the end, in a transaction that is open. */
    END_WRITTEN;

    /** The file that tells a process to hold a request of this serial key here; it goes on when the file is gone. */
    String order(String serialKey) {
        return name() + "." + serialKey;
    }

    /** The file by which it tells that it does. */
    String reached(String serialKey) {
        return order(serialKey) + ".reached";
    }
}
