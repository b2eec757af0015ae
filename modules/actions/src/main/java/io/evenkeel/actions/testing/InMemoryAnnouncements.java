package io.evenkeel.actions.testing;

import io.evenkeel.actions.Announcement;
import io.evenkeel.actions.Announcements;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what it is told. */
public final class InMemoryAnnouncements implements Announcements {

    private final List<Announcement> published = new CopyOnWriteArrayList<>();
    private final List<Announcement> put = new CopyOnWriteArrayList<>();
    private volatile Acceptance answer = new Acceptance.Accepted("in-memory");

    /** What both channels answer from now on; only what is accepted is kept. */
    public void answer(Acceptance next) {
        answer = next;
    }

    public List<Announcement> published() {
        return List.copyOf(published);
    }

    public List<Announcement> put() {
        return List.copyOf(put);
    }

    @Override
    public Acceptance publish(Announcement announcement) {
        return keep(published, announcement);
    }

    @Override
    public Acceptance put(Announcement announcement) {
        return keep(put, announcement);
    }

    private Acceptance keep(List<Announcement> kept, Announcement announcement) {
        var now = answer;
        if (now instanceof Acceptance.Accepted) {
            kept.add(announcement);
        }
        return now;
    }
}
