package org.wasl.faults.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All faults. */
public final class FaultCatalogue {

    private FaultCatalogue() {}

    /** New ones, in the order in which they are listed. */
    public static List<Fault> all() {
        List<Fault> faults = new ArrayList<>(List.of(
                new NodeKilled(),
                new LogDiskFull(),
                new LogSyncFails(),
                new JournalDiskFull(),
                new DuplicateDelivery(),
                new AgreementWithdrawn(),
                new CertificateRevoked(),
                new StatusUnreachable(),
                new BackEndDown(),
                new BackEndSlow(),
                new Burst(),
                new Poison(),
                new PoisonedQueue(),
                new ClockJump(),
                new LogTampered(),
                new JournalTampered(),
                new LogRestored(),
                new PartKilled(),
                new TwinKilled(),
                new TwinsCut(),
                new BrokerPaused(),
                new LineSlow(),
                new DatabaseFailover()));
        faults.addAll(LinkBroken.all());
        return faults;
    }

    /** The fault of this name. */
    public static Optional<Fault> named(String name) {
        return all().stream().filter(fault -> fault.name().equals(name)).findFirst();
    }
}
