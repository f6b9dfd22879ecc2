package org.wasl.agencies.population;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the courts hold on an adult.
 *
 * @param decidedOn null while under review
 */
public record Justice(
        Person person, Status status, @Nullable LocalDate decidedOn, List<Attachment> attachments) {

    public Justice {
        attachments = List.copyOf(attachments);
    }

    public enum Status {
        CLEAR,
        NOT_CLEAR,
        MANUAL_REVIEW
    }

    public enum Scope {
        VEHICLE,
        PROPERTY,
        ALL
    }

    /**
     * A court's attachment of assets.
     *
     * @param target the plate or the account; empty for {@link Scope#ALL}
     * @param liftedOn null while in force
     */
    public record Attachment(
            String courtCode,
            Label court,
            int caseYear,
            int caseNumber,
            String caseType,
            LocalDate on,
            Scope scope,
            String target,
            long amountFils,
            @Nullable LocalDate liftedOn) {

        /** Court, year, number and type in one. */
        public String caseReference() {
            return courtCode + "/" + caseYear + "/" + caseNumber + "/" + caseType;
        }
    }
}
