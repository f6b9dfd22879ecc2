package org.wasl.agencies.ptax;

import jakarta.xml.bind.annotation.XmlAccessType;
import jakarta.xml.bind.annotation.XmlAccessorType;
import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlType;
import jakarta.xml.ws.WebFault;

/** No title is linked to what was asked for. */
@WebFault(name = "AccountNotFound", targetNamespace = PropertyAccounts.NAMESPACE)
public final class AccountNotFound extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Detail detail;

    AccountNotFound(String subject) {
        super("no title is linked to " + subject);
        detail = new Detail();
        detail.subject = subject;
    }

    public Detail getFaultInfo() {
        return detail;
    }

    /** The fault's detail on the wire. */
    @XmlAccessorType(XmlAccessType.FIELD)
    @XmlType(name = "accountNotFoundDetail", namespace = PropertyAccounts.NAMESPACE)
    public static final class Detail {

        @XmlElement(required = true)
        String subject = "";
    }
}
