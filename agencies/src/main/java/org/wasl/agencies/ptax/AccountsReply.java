package org.wasl.agencies.ptax;

import jakarta.xml.bind.annotation.XmlAccessType;
import jakarta.xml.bind.annotation.XmlAccessorType;
import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlSchemaType;
import jakarta.xml.bind.annotation.XmlType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A reply on the wire; JAXB fills and reads the fields. */
@XmlAccessorType(XmlAccessType.FIELD)
@XmlType(
        name = "accountsReply",
        namespace = PropertyAccounts.NAMESPACE,
        propOrder = {"ownerNumber", "askedAt", "titlesWithoutNumber", "coverage", "account"})
public final class AccountsReply {

    @Nullable
    String ownerNumber;

    @XmlElement(required = true)
    @XmlSchemaType(name = "dateTime")
    String askedAt = "";

    int titlesWithoutNumber;

    @XmlElement(required = true)
    String coverage = "";

    List<Account> account = new ArrayList<>();
}
