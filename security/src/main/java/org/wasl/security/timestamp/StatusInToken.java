package org.wasl.security.timestamp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.esf.RevocationValues;
import org.bouncycastle.asn1.ocsp.BasicOCSPResponse;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.ocsp.OCSPResponse;
import org.bouncycastle.asn1.ocsp.OCSPResponseStatus;
import org.bouncycastle.asn1.ocsp.ResponseBytes;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.CertificateList;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.SignerInformationStore;
import org.jspecify.annotations.Nullable;
import org.wasl.security.certificate.RevocationEvidence;

/**
 * What showed that a token's certificate was not revoked, kept in the token itself: the attribute {@code
 * revocation-values} of RFC 5126, which is not signed. So a token can be judged years later, offline; who does not know
 * the attribute passes over it.
 */
final class StatusInToken {

    private static final int MAX_PIECES = 16;

    private StatusInToken() {}

    /** The token with this evidence. */
    static CMSSignedData put(CMSSignedData token, List<RevocationEvidence> evidence) throws IOException {
        if (evidence.isEmpty()) {
            return token;
        }
        List<CertificateList> lists = new ArrayList<>();
        List<BasicOCSPResponse> responses = new ArrayList<>();
        for (RevocationEvidence piece : evidence) {
            ASN1Primitive read = ASN1Primitive.fromByteArray(piece.octets());
            if (piece.kind() == RevocationEvidence.Kind.CRL) {
                lists.add(CertificateList.getInstance(read));
            } else {
                byte[] basic = OCSPResponse.getInstance(read)
                        .getResponseBytes()
                        .getResponse()
                        .getOctets();
                responses.add(BasicOCSPResponse.getInstance(ASN1Primitive.fromByteArray(basic)));
            }
        }
        RevocationValues values = new RevocationValues(
                lists.isEmpty() ? null : lists.toArray(CertificateList[]::new),
                responses.isEmpty() ? null : responses.toArray(BasicOCSPResponse[]::new),
                null);
        SignerInformation signer =
                token.getSignerInfos().getSigners().iterator().next();
        ASN1EncodableVector attributes = new ASN1EncodableVector();
        AttributeTable before = signer.getUnsignedAttributes();
        if (before != null) {
            AttributeTable others = before.remove(PKCSObjectIdentifiers.id_aa_ets_revocationValues);
            ASN1EncodableVector kept = others.toASN1EncodableVector();
            for (int i = 0; i < kept.size(); i++) {
                attributes.add(kept.get(i));
            }
        }
        attributes.add(new Attribute(PKCSObjectIdentifiers.id_aa_ets_revocationValues, new DERSet(values)));
        SignerInformation complete =
                SignerInformation.replaceUnsignedAttributes(signer, new AttributeTable(attributes));
        return CMSSignedData.replaceSigners(token, new SignerInformationStore(complete));
    }

    /**
     * The evidence in this token; none when there is none.
     *
     * @throws IOException when what is there cannot be read, or is unreasonably much
     */
    static List<RevocationEvidence> in(SignerInformation signer) throws IOException {
        @Nullable AttributeTable unsigned = signer.getUnsignedAttributes();
        @Nullable
        Attribute attribute = unsigned == null ? null : unsigned.get(PKCSObjectIdentifiers.id_aa_ets_revocationValues);
        if (attribute == null || attribute.getAttrValues().size() != 1) {
            return List.of();
        }
        try {
            RevocationValues values = RevocationValues.getInstance(attribute.getAttributeValues()[0]);
            List<RevocationEvidence> evidence = new ArrayList<>();
            for (CertificateList list : values.getCrlVals()) {
                evidence.add(RevocationEvidence.of(RevocationEvidence.Kind.CRL, encoded(list)));
            }
            for (BasicOCSPResponse response : values.getOcspVals()) {
                OCSPResponse whole = new OCSPResponse(
                        new OCSPResponseStatus(OCSPResponseStatus.SUCCESSFUL),
                        new ResponseBytes(
                                OCSPObjectIdentifiers.id_pkix_ocsp_basic, new DEROctetString(encoded(response))));
                evidence.add(RevocationEvidence.of(RevocationEvidence.Kind.OCSP, encoded(whole)));
            }
            if (evidence.size() > MAX_PIECES) {
                throw new IOException("a token comes with at most " + MAX_PIECES + " pieces of status");
            }
            return evidence;
        } catch (IllegalArgumentException | ClassCastException e) {
            throw new IOException("the status in the token cannot be read", e);
        }
    }

    private static byte[] encoded(ASN1Encodable value) throws IOException {
        return value.toASN1Primitive().getEncoded();
    }
}
