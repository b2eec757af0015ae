package io.evenkeel.lab.aws;

/** Starts and ends what an instance of the lab really is: a process. Called on virtual threads, several at a time. */
public interface InstanceLauncher {

    /**
     * Starts an instance and returns once it runs; may block for seconds. After an exception the launch counts as failed, nothing of
     * it may be left running, and another instance (of another id) is launched after a pause.
     */
    void launch(String instanceId, String groupName, String availabilityZone);

    /** Ends an instance; may block for seconds. One that has ended already is no error. After an exception it is called again. */
    void terminate(String instanceId);
}
