package io.evenkeel.lab.aws;

/** One service's operations: reads the request, changes the state, writes the answer; refuses with {@link AwsFault}. */
@FunctionalInterface
interface ServiceApi {
    AwsResponse handle(AwsRequest request);

    /** What every service says to an operation it does not have. */
    static AwsFault unknown(AwsRequest request) {
        return new AwsFault(400, "InvalidAction",
                "The action " + request.action() + " is not valid for this endpoint.");
    }
}
