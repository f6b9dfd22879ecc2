package org.wasl.faults.site;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.wasl.schemas.identifier.MemberId;

/** What is tested. Made by its owner, started once, and gone when closed. */
public interface Site extends AutoCloseable {

    /** How it is called on the command line. */
    String name();

    /** Starts everything and waits until it serves. */
    void start() throws IOException, InterruptedException;

    /** Where people ask. */
    Address portal() throws IOException;

    /** Where this member's systems ask. */
    Address agency(MemberId member) throws IOException;

    /** The message logs of all nodes. */
    List<SiteLog> logs() throws IOException;

    /** The folders with the back-ends' own books. */
    List<Path> books();

    /**
     * Changes how a back-end behaves, as {@code wasl agencies} does.
     *
     * @param agency its member code
     * @param setting {@code running}, {@code delayMillis} or {@code reviews}
     */
    void backEnd(String agency, String setting, String value) throws IOException, InterruptedException;

    /** Whether its back-ends take orders beyond running or not: to be slow, and to decide what clerks review. */
    boolean decides();

    /** Starts again what has ended, and waits until everything serves. No-op when everything runs. */
    void revive() throws IOException, InterruptedException;

    @Override
    void close() throws IOException;
}
