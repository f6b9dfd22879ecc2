package org.wasl.agencies.ptax;

import jakarta.xml.bind.annotation.XmlAccessType;
import jakarta.xml.bind.annotation.XmlAccessorType;
import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlType;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What came of a payment, on the wire. */
@XmlAccessorType(XmlAccessType.FIELD)
@XmlType(
        name = "settlementReply",
        namespace = PropertyAccounts.NAMESPACE,
        propOrder = {"settlementId", "outcome", "reason", "amount", "receiptNo", "at"})
public final class SettlementReply {

    @XmlElement(required = true)
    String settlementId = "";

    @XmlElement(required = true)
    String outcome = "";

    @Nullable
    String reason;

    @XmlElement(required = true)
    BigDecimal amount = BigDecimal.ZERO;

    @Nullable
    String receiptNo;

    @XmlElement(required = true)
    String at = "";
}
