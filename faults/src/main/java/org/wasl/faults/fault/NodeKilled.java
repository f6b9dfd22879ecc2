package org.wasl.faults.fault;

import java.io.IOException;
import org.wasl.faults.check.Promise;
import org.wasl.faults.site.SingleSite;

/** The node ends as by a power cut, at a moment of the seed's choosing. */
final class NodeKilled extends SingleFault {

    private static final int LATEST_MILLIS = 2_000;

    NodeKilled() {
        super(
                "node-killed",
                "kill -9 of the node, with its broker and back-ends, under load; it is started again at once",
                Promise.P1,
                Promise.P2);
    }

    @Override
    void inject(Stage stage, SingleSite site) throws IOException, InterruptedException {
        Thread.sleep(stage.random().nextInt(LATEST_MILLIS));
        site.kill();
    }
}
