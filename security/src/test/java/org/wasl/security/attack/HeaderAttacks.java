package org.wasl.security.attack;

import static org.wasl.schemas.fault.FaultCode.HEADER_INVALID;
import static org.wasl.schemas.fault.FaultCode.SIGNATURE_STRUCTURE;
import static org.wasl.security.attack.Attack.Gate.OPENING;
import static org.wasl.security.attack.Attack.Gate.VERIFYING;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.wasl.security.container.PayloadXml;

/** Headers that a member signed, and that contradict the schema or themselves. */
final class HeaderAttacks {

    private HeaderAttacks() {}

    static Stream<Attack> all() {
        return Stream.of(
                header("a kind that is none", t -> t.replace("<env:kind>REQUEST", "<env:kind>QUESTION")),
                header("blanks round a value", t -> t.replace(">track-1<", "> track-1<")),
                header("a request that is a reply", t -> t.replace("<env:kind>REQUEST", "<env:kind>REPLY")),
                header(
                        "a request by its provider",
                        t -> t.replace("<env:sender>JO/GOV/PORTAL/web", "<env:sender>JO/GOV/CSPD/registry")),
                header(
                        "a request by a third party",
                        t -> t.replace("<env:sender>JO/GOV/PORTAL/web", "<env:sender>JO/GOV/DVLD/fines")),
                header(
                        "a service of another provider",
                        t -> t.replace("<env:provider>JO/GOV/CSPD/registry", "<env:provider>JO/GOV/DVLD/fines")),
                header("a media type that belongs elsewhere", t -> t.replace("application/xml", "application/pdf")),
                header(
                        "a media type with parameters",
                        t -> t.replace("application/xml", "application/xml; charset=UTF-16")),
                header("a field twice", t -> t.replaceAll("(<env:kind>.*?</env:kind>)", "$1$1")),
                header("a field less", t -> t.replaceAll("<env:purpose>.*?</env:purpose>", "")),
                header(
                        "fields in another order",
                        t -> t.replaceAll("(<env:sender>.*?</env:sender>)(<env:consumer>.*?</env:consumer>)", "$2$1")),
                header("it expires before it is issued", t -> t.replaceAll("<env:expires>....", "<env:expires>1999")),
                header("an instant without milliseconds", t -> t.replaceAll("(<env:expires>[^.]*)\\.[0-9]{3}Z", "$1Z")),
                header("an instant of another zone", t -> t.replaceAll("(<env:expires>[^Z]*)Z", "$1+03:00")),
                header("the thirteenth month", t -> t.replaceAll("(<env:expires>....-)..", "$1" + "13")),
                header(
                        "an upper-case UUID",
                        t -> t.replaceAll("(<env:messageId>)[^<]*", "$1" + "ABCDEF00-0000-4000-8000-000000000000")),
                header("an empty UUID", t -> t.replaceAll("(<env:messageId>)[^<]*", "$1")),
                header("a version of the future", t -> t.replace("version=\"1.0\"", "version=\"2.0\"")),
                header(
                        "a path for a member",
                        t -> t.replace("<env:consumer>JO/GOV/PORTAL/web", "<env:consumer>JO/GOV/../web")),
                header(
                        "a percent-encoded member",
                        t -> t.replace("<env:consumer>JO/GOV/PORTAL/web", "<env:consumer>JO/GOV/PORTAL%2Fweb/a")),
                header("an actor of an unknown kind", t -> t.replace("kind=\"CITIZEN\"", "kind=\"ROOT\"")),
                Attack.signed(
                        Category.HEADER_RULES,
                        "a payload for a header",
                        OPENING,
                        HEADER_INVALID,
                        p -> p.octets(Terms.HEADER, PayloadXml.query(java.util.Map.of()))),
                Attack.signed(
                        Category.HEADER_RULES,
                        "issued at another time than signed",
                        VERIFYING,
                        SIGNATURE_STRUCTURE,
                        p -> p.text(Terms.HEADER, t -> t.replaceAll("<env:issued>....", "<env:issued>2001"))),
                Attack.signed(
                        Category.HEADER_RULES,
                        "signed at another time than issued",
                        VERIFYING,
                        SIGNATURE_STRUCTURE,
                        p -> p.text(
                                Terms.SIGNATURES,
                                t -> t.replaceAll("<xades:SigningTime>....", "<xades:SigningTime>2001"))));
    }

    private static Attack header(String name, UnaryOperator<String> change) {
        return Attack.signed(Category.HEADER_RULES, name, OPENING, HEADER_INVALID, p -> p.text(Terms.HEADER, change));
    }
}
