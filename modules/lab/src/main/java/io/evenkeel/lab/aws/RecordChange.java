package io.evenkeel.lab.aws;

/** One entry of a change batch. */
record RecordChange(Action action, ResourceRecordSet records) {
    /** As Route 53 names them. */
    enum Action {
        CREATE, DELETE, UPSERT
    }
}
