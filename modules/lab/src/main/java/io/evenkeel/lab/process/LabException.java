package io.evenkeel.lab.process;

/** Something that the lab needs of this machine is missing or failed; the message is one line and says what to do. */
public final class LabException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public LabException(String message) {
        super(message);
    }

    public LabException(String message, Throwable cause) {
        super(message, cause);
    }
}
