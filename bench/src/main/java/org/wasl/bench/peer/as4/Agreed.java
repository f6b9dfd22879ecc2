package org.wasl.bench.peer.as4;

import com.helger.phase4.CAS4;
import com.helger.phase4.crypto.ECryptoAlgorithmSign;
import com.helger.phase4.crypto.ECryptoAlgorithmSignDigest;
import com.helger.phase4.crypto.IAS4DecryptParameterModifier;
import com.helger.phase4.incoming.crypto.AS4IncomingSecurityConfiguration;
import com.helger.phase4.mgr.AS4ManagerFactoryInMemory;
import com.helger.phase4.mgr.MetaAS4Manager;
import com.helger.phase4.model.EMEP;
import com.helger.phase4.model.EMEPBinding;
import com.helger.phase4.model.pmode.IPModeIDProvider;
import com.helger.phase4.model.pmode.PMode;
import com.helger.phase4.model.pmode.PModeParty;
import com.helger.phase4.model.pmode.leg.EPModeSendReceiptReplyPattern;
import com.helger.phase4.model.pmode.leg.PModeLeg;
import com.helger.phase4.model.pmode.leg.PModeLegBusinessInformation;
import com.helger.phase4.model.pmode.leg.PModeLegProtocol;
import com.helger.phase4.model.pmode.leg.PModeLegSecurity;
import com.helger.phase4.profile.AS4Profile;
import com.helger.phase4.profile.IAS4ProfileValidator;
import com.helger.phase4.wss.EWSSVersion;
import com.helger.scope.mgr.ScopeManager;
import org.apache.wss4j.dom.handler.RequestData;

/** What both sides agreed on: parties, service, algorithms, and a signed receipt in the same HTTP response. */
final class Agreed {

    static final String PROFILE = "bench";
    static final String SERVICE = "urn:wasl:bench:records";
    static final String ACTION = "deliver";

    private Agreed() {}

    /** Sets phase4 up once a JVM, its managers in memory, and registers the profile with its agreement. */
    static PMode register(String address) {
        if (!ScopeManager.isGlobalScopePresent()) {
            MetaAS4Manager.setFactory(new AS4ManagerFactoryInMemory());
            ScopeManager.onGlobalBegin("bench");
        }
        PMode agreed = new PMode(
                "bench-records",
                PModeParty.createSimple("consumer", CAS4.DEFAULT_INITIATOR_URL),
                PModeParty.createSimple("provider", CAS4.DEFAULT_RESPONDER_URL),
                "urn:wasl:bench:agreement",
                EMEP.ONE_WAY,
                EMEPBinding.PUSH,
                new PModeLeg(
                        PModeLegProtocol.createForDefaultSoapVersion(address),
                        PModeLegBusinessInformation.create(SERVICE, ACTION, null, CAS4.DEFAULT_MPC_ID),
                        null,
                        null,
                        security()),
                null,
                null,
                null);
        MetaAS4Manager.getPModeMgr().createOrUpdatePMode(agreed);
        if (MetaAS4Manager.getProfileMgr().getProfileOfID(PROFILE) == null) {
            MetaAS4Manager.getProfileMgr()
                    .registerProfile(new AS4Profile(
                            PROFILE,
                            "Bench",
                            () -> new IAS4ProfileValidator() {},
                            (initiator, responder, at) -> agreed,
                            IPModeIDProvider.DEFAULT_DYNAMIC,
                            false,
                            false));
        }
        return agreed;
    }

    private static PModeLegSecurity security() {
        PModeLegSecurity security = new PModeLegSecurity();
        security.setWSSVersion(EWSSVersion.WSS_111);
        security.setX509SignatureAlgorithm(ECryptoAlgorithmSign.ECDSA_SHA_256);
        security.setX509SignatureHashFunction(ECryptoAlgorithmSignDigest.DIGEST_SHA_256);
        security.setSendReceipt(true);
        security.setSendReceiptReplyPattern(EPModeSendReceiptReplyPattern.RESPONSE);
        security.setSendReceiptNonRepudiation(true);
        return security;
    }

    /** How both sides verify: the Basic Security Profile is older than elliptic curves. */
    static AS4IncomingSecurityConfiguration verifying() {
        return AS4IncomingSecurityConfiguration.createDefaultInstance()
                .setDecryptParameterModifier(new IAS4DecryptParameterModifier() {
                    @Override
                    public void modifyRequestData(RequestData request) {
                        request.setDisableBSPEnforcement(true);
                    }
                });
    }
}
