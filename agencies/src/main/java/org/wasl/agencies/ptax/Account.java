package org.wasl.agencies.ptax;

import jakarta.xml.bind.annotation.XmlAccessType;
import jakarta.xml.bind.annotation.XmlAccessorType;
import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** A property account on the wire. */
@XmlAccessorType(XmlAccessType.FIELD)
@XmlType(
        name = "account",
        namespace = PropertyAccounts.NAMESPACE,
        propOrder = {
            "accountNo", "directorateCode", "directorateName", "villageCode", "villageName", "basinNo", "parcelNo",
            "liwaCode", "use", "assessedRent", "registeredOwner", "shareNumerator", "shareDenominator", "undivided",
            "yearLine", "totalDue", "clearable", "blocker", "note"
        })
public final class Account {

    @XmlElement(required = true)
    String accountNo = "";

    @XmlElement(required = true)
    String directorateCode = "";

    @XmlElement(required = true)
    String directorateName = "";

    @XmlElement(required = true)
    String villageCode = "";

    @XmlElement(required = true)
    String villageName = "";

    @XmlElement(required = true)
    String basinNo = "";

    @XmlElement(required = true)
    String parcelNo = "";

    @XmlElement(required = true)
    String liwaCode = "";

    @XmlElement(required = true)
    String use = "";

    @XmlElement(required = true)
    BigDecimal assessedRent = BigDecimal.ZERO;

    @XmlElement(required = true)
    String registeredOwner = "";

    int shareNumerator;

    int shareDenominator;

    boolean undivided;

    List<YearLine> yearLine = new ArrayList<>();

    @XmlElement(required = true)
    BigDecimal totalDue = BigDecimal.ZERO;

    @XmlElement(required = true)
    String clearable = "";

    List<String> blocker = new ArrayList<>();

    @XmlElement(required = true)
    String note = "";
}
