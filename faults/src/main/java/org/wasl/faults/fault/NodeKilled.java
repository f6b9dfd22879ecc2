package org.wasl.faults.fault;

import java.io.IOException;
import org.wasl.faults.check.Promise;
import org.wasl.faults.site.SingleSite;

/** The node ends as by a power cut, again and again, each time at a moment of the seed's choosing after it serves. */
final class NodeKilled extends SingleFault {

    private static final int LATEST_MILLIS = 2_500;

    NodeKilled() {
        super(
                "node-killed",
                "kill -9 of the node, with its broker and back-ends, three times under load; each time it is started again at once",
                Promise.P1,
                Promise.P2);
    }

    @Override
    void inject(Stage stage, SingleSite site) throws IOException, InterruptedException {
        int kills = stage.count(3, 2);
        for (int kill = 1; kill <= kills; kill++) {
            if (kill > 1) {
                site.revive();
                // An interruption of its own: what was begun again may be cut off again.
                stage.mark(Stage.INJECTED, "kill " + kill);
            }
            Thread.sleep(stage.random().nextInt(LATEST_MILLIS));
            site.kill();
            stage.mark(Stage.KILLED, "kill -9 of the node");
        }
    }
}
