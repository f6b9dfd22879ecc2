package org.wasl.node.command;

import picocli.CommandLine.IVersionProvider;

/** The program's version, as the build wrote it into the jar. */
final class VersionSource implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = VersionSource.class.getPackage().getImplementationVersion();
        return new String[] {"wasl " + (version == null ? "(unpackaged)" : version), "Java " + Runtime.version()};
    }
}
