package org.wasl.agencies.ptax;

import jakarta.xml.bind.annotation.XmlAccessType;
import jakarta.xml.bind.annotation.XmlAccessorType;
import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlType;
import jakarta.xml.ws.WebFault;

/** An input is missing or malformed. */
@WebFault(name = "BadRequest", targetNamespace = PropertyAccounts.NAMESPACE)
public final class BadRequest extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Detail detail;

    BadRequest(String field) {
        super("missing or malformed: " + field);
        detail = new Detail();
        detail.field = field;
    }

    public Detail getFaultInfo() {
        return detail;
    }

    /** The fault's detail on the wire. */
    @XmlAccessorType(XmlAccessType.FIELD)
    @XmlType(name = "badRequestDetail", namespace = PropertyAccounts.NAMESPACE)
    public static final class Detail {

        @XmlElement(required = true)
        String field = "";
    }
}
