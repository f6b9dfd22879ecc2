package org.wasl.agencies.ptax;

import jakarta.xml.bind.annotation.XmlAccessType;
import jakarta.xml.bind.annotation.XmlAccessorType;
import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlType;
import java.math.BigDecimal;

/** One year of an account on the wire, in JOD. */
@XmlAccessorType(XmlAccessType.FIELD)
@XmlType(
        name = "yearLine",
        namespace = PropertyAccounts.NAMESPACE,
        propOrder = {"year", "buildingTax", "educationTax", "sewerFee", "penalty", "earlyDiscount", "paid", "balance"})
public final class YearLine {

    int year;

    @XmlElement(required = true)
    BigDecimal buildingTax = BigDecimal.ZERO;

    @XmlElement(required = true)
    BigDecimal educationTax = BigDecimal.ZERO;

    @XmlElement(required = true)
    BigDecimal sewerFee = BigDecimal.ZERO;

    @XmlElement(required = true)
    BigDecimal penalty = BigDecimal.ZERO;

    @XmlElement(required = true)
    BigDecimal earlyDiscount = BigDecimal.ZERO;

    @XmlElement(required = true)
    BigDecimal paid = BigDecimal.ZERO;

    @XmlElement(required = true)
    BigDecimal balance = BigDecimal.ZERO;
}
