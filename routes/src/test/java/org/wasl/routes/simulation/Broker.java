package org.wasl.routes.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.activemq.artemis.api.core.ActiveMQAddressFullException;
import org.jspecify.annotations.Nullable;
import org.springframework.jms.UncategorizedJmsException;
import org.wasl.routes.broker.Queues;

/**
 * A broker that keeps what is persistent over a crash and nothing else, delivers in no order, now and then twice, delivers
 * again what was not acknowledged, and after some attempts puts it among the dead letters.
 */
final class Broker {

    private static final int ATTEMPTS = 4;
    private static final long REDELIVERY = 100 * World.MILLI;
    private static final long SLOW = 1_500 * World.MILLI;

    private final World world;
    private final Book book;
    private final Map<String, List<Delivery>> queues = new HashMap<>();
    private final Map<String, Incarnation> readers = new HashMap<>();
    private final List<Incarnation> connected = new ArrayList<>();
    private boolean up = true;
    private boolean full;
    private int losing;
    private int doubling;
    private boolean slow;

    /**
     * A message.
     *
     * @param user who sent it, as the broker authenticated them
     * @param expires when its time is up, in the simulation's time
     */
    @SuppressWarnings("ArrayRecordComponent") // the octets are shared, never compared
    record Message(
            String queue,
            byte[] octets,
            @Nullable String user,
            @Nullable String replyNode,
            @Nullable String loggedFault,
            boolean persistent,
            long expires) {

        private Message in(String other, long until) {
            return new Message(other, octets, user, null, loggedFault, true, until);
        }
    }

    private static final class Delivery {

        private final Message message;
        private int attempts;
        private @Nullable Incarnation taken;
        private boolean gone;

        Delivery(Message message) {
            this.message = message;
        }
    }

    Broker(World world, Book book) {
        this.world = world;
        this.book = book;
    }

    /** Somebody reads this queue from now on. */
    void listens(String queue, Incarnation reader) {
        readers.put(queue, reader);
        if (!connected.contains(reader)) {
            connected.add(reader);
        }
        queues.getOrDefault(queue, List.of()).forEach(this::hand);
    }

    /** A process has died: what it had taken and not acknowledged is for the next one. */
    void lost(Incarnation dead) {
        connected.remove(dead);
        queues.values()
                .forEach(queue -> queue.forEach(delivery -> {
                    if (delivery.taken == dead) {
                        delivery.taken = null;
                    }
                }));
    }

    /** Fails, and comes back after a while with what was persistent. */
    void crash(long down) {
        if (!up) {
            return;
        }
        world.note(null, () -> "the broker fails");
        up = false;
        queues.values()
                .forEach(queue -> queue.forEach(delivery -> {
                    delivery.taken = null;
                    delivery.gone |= !delivery.message.persistent();
                }));
        List.copyOf(connected).forEach(process -> world.as(process, process::disconnected));
        world.after(down, null, () -> {
            world.note(null, () -> "the broker is back");
            up = true;
            queues.values().forEach(queue -> queue.forEach(this::hand));
        });
    }

    void full(boolean whether) {
        full = whether;
    }

    void slow(boolean whether) {
        slow = whether;
    }

    /** The next messages are lost, and nobody is told. */
    void loses(int messages) {
        losing = messages;
    }

    /** The next messages are delivered twice. */
    void doubles(int messages) {
        doubling = messages;
    }

    void send(Incarnation sender, boolean carelessly, Message message) {
        if (!up) {
            if (carelessly && world.chance().nextBoolean()) {
                world.note(sender, () -> "sends into the void " + book.brief(message));
                return;
            }
            throw new UncategorizedJmsException("the broker is down");
        }
        if (full && message.queue().startsWith("wasl.request.")) {
            throw new UncategorizedJmsException(new ActiveMQAddressFullException("the queue is full"));
        }
        book.sending(sender, message);
        if (losing > 0 && !message.persistent()) {
            losing--;
            world.note(sender, () -> "sends, and it is lost, " + book.brief(message));
            return;
        }
        world.note(sender, () -> "sends " + book.brief(message));
        put(message);
        if (doubling > 0) {
            doubling--;
            put(message);
        }
    }

    /** Puts into a queue what nobody of ours sent. */
    void put(Message message) {
        Delivery delivery = new Delivery(message);
        queues.computeIfAbsent(message.queue(), queue -> new ArrayList<>()).add(delivery);
        hand(delivery);
    }

    private void hand(Delivery delivery) {
        if (!delivery.gone && up && readers.containsKey(delivery.message.queue())) {
            long delay = world.chance().nextInt(4) == 0
                    ? world.chance().nextLong(slow ? SLOW : 40 * World.MILLI)
                    : world.chance().nextLong(World.MILLI);
            world.after(delay, null, () -> deliver(delivery));
        }
    }

    private void deliver(Delivery delivery) {
        String queue = delivery.message.queue();
        Incarnation reader = readers.get(queue);
        if (delivery.gone || delivery.taken != null || !up || reader == null || !reader.reads(queue)) {
            return;
        }
        if (world.now() >= delivery.message.expires() && !queue.equals(Queues.EXPIRED)) {
            delivery.gone = true;
            world.note(null, () -> "expired in its queue: " + book.brief(delivery.message));
            put(delivery.message.in(Queues.EXPIRED, Long.MAX_VALUE));
            return;
        }
        delivery.taken = reader;
        delivery.attempts++;
        world.as(reader, () -> {
            reader.point();
            world.note(reader, () -> "takes " + book.brief(delivery.message));
            boolean well = reader.take(queue, delivery.message);
            // All is done, and the broker does not know yet.
            reader.point();
            if (well) {
                delivery.gone |= up;
            } else {
                book.givenBack(reader, delivery.message);
                back(delivery);
            }
        });
    }

    private void back(Delivery delivery) {
        delivery.taken = null;
        if (delivery.gone) {
            return;
        }
        if (delivery.attempts >= ATTEMPTS) {
            delivery.gone = true;
            book.deadLetter(delivery.message);
            world.note(null, () -> "a dead letter: " + book.brief(delivery.message));
            if (!delivery.message.queue().equals(Queues.DEAD_LETTER)) {
                put(delivery.message.in(Queues.DEAD_LETTER, Long.MAX_VALUE));
            }
            return;
        }
        world.after(REDELIVERY << delivery.attempts, null, () -> deliver(delivery));
    }
}
