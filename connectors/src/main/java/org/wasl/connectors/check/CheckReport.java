package org.wasl.connectors.check;

import java.util.List;

/**
 * What a check found. Holds no value of any record, so that it may be printed and sent on.
 *
 * @param connector the connector's name
 * @param service the service it answers
 * @param protocol how it reaches its back-end
 * @param file the declaration's file
 * @param passed whether every step that applied passed
 * @param found whether there was a record; false too when a step failed
 * @param coverageComplete whether the source vouched that there is nothing more
 * @param steps every step, in order
 */
public record CheckReport(
        String connector,
        String service,
        String protocol,
        String file,
        boolean passed,
        boolean found,
        boolean coverageComplete,
        List<CheckedStep> steps) {

    public CheckReport {
        steps = List.copyOf(steps);
    }
}
