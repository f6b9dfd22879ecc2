package org.wasl.messagelog.site;

class SingleNodeSiteTest extends AbstractSiteContractTest {

    @Override
    Site site() {
        return quotasKept;
    }

    private final Site quotasKept = new SingleNodeSite();
}
