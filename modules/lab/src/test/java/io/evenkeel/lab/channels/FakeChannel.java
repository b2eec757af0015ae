package io.evenkeel.lab.channels;

import io.evenkeel.channels.Channel;
import io.evenkeel.core.notification.Notification;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A channel that notes what it was sent, and answers as a test wants. */
final class FakeChannel implements Channel {

    private final List<String> sent = new CopyOnWriteArrayList<>();
    private volatile Function<Notification, Receipt> answer = FakeChannel::taken;

    static Receipt taken(Notification notification) {
        return new Receipt.Taken("id of " + notification.id());
    }

    void answers(Function<Notification, Receipt> next) {
        answer = next;
    }

    /** In order, each attempt. */
    List<String> sent() {
        return sent;
    }

    @Override
    public Receipt send(Notification notification) {
        sent.add(notification.id());
        return answer.apply(notification);
    }
}
