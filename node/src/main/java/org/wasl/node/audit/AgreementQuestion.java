package org.wasl.node.audit;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.security.agreement.AccessRequest;
import org.wasl.security.agreement.AccessTrace;
import org.wasl.security.agreement.RegistryAccessPolicy;
import org.wasl.security.assertion.AssertedRequest;
import org.wasl.security.assertion.AssertionVerdict;
import org.wasl.security.assertion.AssertionVerifier;
import org.wasl.security.assertion.ClaimNames;
import org.wasl.security.assertion.VerifiedAssertion;
import org.wasl.security.container.Container;
import org.wasl.security.container.Header;
import org.wasl.security.container.PayloadContent;
import org.wasl.security.container.PayloadXml;
import org.wasl.security.registry.Registry;

/** Puts a logged request once more to the agreements of its time. */
final class AgreementQuestion {

    private final PayloadXml payloads;
    private final AssertionVerifier assertions = new AssertionVerifier(ClaimNames.DEFAULT);

    AgreementQuestion(SchemaCatalogue schemas) {
        this.payloads = new PayloadXml(schemas);
    }

    /**
     * What the agreements of this registry say of the request, as of when it was logged. Quotas are not what they were
     * then: they are taken to have had room.
     */
    AccessTrace explain(Container request, Registry registry, Instant at) {
        Header header = request.header();
        Map<String, String> parameters = null;
        VerifiedAssertion assertion = null;
        if (!header.isEncrypted() && payloads.read(request) instanceof PayloadContent.Query query) {
            parameters = query.parameters();
            assertion = assertion(query, header, registry, at);
        }
        AccessRequest question = new AccessRequest(
                header.consumer(),
                header.service(),
                header.purpose(),
                header.legalBasis(),
                header.actor(),
                header.representedParty(),
                header.caseReference(),
                parameters,
                assertion,
                at);
        return new RegistryAccessPolicy(Clock.fixed(at, ZoneOffset.UTC)).explain(question, registry);
    }

    private @Nullable VerifiedAssertion assertion(
            PayloadContent.Query query, Header header, Registry registry, Instant at) {
        String text = query.assertion();
        if (text == null) {
            return null;
        }
        AssertionVerdict verdict = assertions.verify(
                text, registry.trusted().issuers(), AssertedRequest.of(header, query.parameters()), at);
        return verdict instanceof AssertionVerdict.Verified verified ? verified.assertion() : null;
    }
}
