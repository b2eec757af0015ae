package io.evenkeel.lab.aws;

/** A request that AWS would refuse: HTTP status, error code and text as the service spells them. */
final class AwsFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    AwsFault(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    static AwsFault validation(String message) {
        return new AwsFault(400, "ValidationError", message);
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
