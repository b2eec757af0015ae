package io.evenkeel.actions;

/**
 * What an Auto Scaling group thinks of an instance, and how to make it think that the instance is dead. Calls block up to
 * the adapter's call time-out and return their failures; they never throw for what AWS can say.
 */
public interface InstanceHealth {

    /** Reads the instance's state as the group sees it now. */
    PreState read(String instanceId);

    /** Has the group replace the instance. Doing it twice is harmless: unhealthy stays unhealthy. */
    Marking markUnhealthy(String instanceId);

    /** What a read found. */
    sealed interface PreState
            permits PreState.Healthy, PreState.AlreadyUnhealthy, PreState.NotInService, PreState.Gone, CallFailure {

        /** InService and healthy: the only state to act on. */
        record Healthy(String autoScalingGroup) implements PreState {}

        /** Marked unhealthy already, or on its way out. */
        record AlreadyUnhealthy(String autoScalingGroup, String lifecycleState) implements PreState {}

        /** Pending, Standby, Detaching, a warm pool: AWS would keep the mark, or ignore it. */
        record NotInService(String autoScalingGroup, String lifecycleState) implements PreState {}

        /** AWS lists no such instance: terminated, or in no group. */
        record Gone() implements PreState {}
    }

    /** What came of marking it. */
    sealed interface Marking permits Marking.Marked, Marking.Deferred, CallFailure {

        record Marked() implements Marking {}

        /** The instance is in its health check grace period; AWS did nothing. */
        record Deferred(String detail) implements Marking {}
    }
}
