package org.wasl.node.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.node.data.DataDirectory;

/** The demonstration, and what an auditor finds in what it left. */
class DemoIT {

    @TempDir
    Path root;

    @Test
    void demo_leavesEvidenceThatVerifiesUntilSomebodyTouchesIt() throws Exception {
        DataDirectory directory = RunningNode.smallDirectory(root);
        assertThat(run("demo", "--data", root.toString())).isZero();
        assertThat(directory.stateFile()).doesNotExist();
        assertThat(run("log", "verify", "--data", root.toString())).isZero();

        overwrite(directory.logDatabase());
        assertThat(run("log", "verify", "--data", root.toString())).isNotZero();
    }

    private static int run(String... arguments) throws Exception {
        Process process = NodeInOwnProcess.command(arguments);
        assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
        return process.exitValue();
    }

    /** Changes one bit of the last container, as it stands in the database. */
    private static void overwrite(Path database) throws SQLException {
        try (Connection log = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement select = log.createStatement();
                ResultSet last = select.executeQuery(
                        "SELECT idx, container FROM log_payload WHERE container IS NOT NULL ORDER BY idx DESC LIMIT 1");
                PreparedStatement update = log.prepareStatement("UPDATE log_payload SET container = ? WHERE idx = ?")) {
            assertThat(last.next()).isTrue();
            byte[] octets = last.getBytes(2);
            octets[octets.length / 2] ^= 0x20;
            update.setBytes(1, octets);
            update.setLong(2, last.getLong(1));
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
    }
}
