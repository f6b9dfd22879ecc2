package org.wasl.node.configuration;

import java.io.IOException;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.wasl.messagelog.site.PostgresSite;
import org.wasl.messagelog.site.Site;
import org.wasl.messagelog.site.SiteSettings;
import org.wasl.messagelog.store.LogStore;
import org.wasl.messagelog.store.LogStoreException;
import org.wasl.messagelog.store.PostgresSettings;
import org.wasl.security.authority.TrustFiles;

/** What this node shares with the other nodes of its members. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SiteProperties.class)
class SiteConfiguration {

    /** After the log, since a site takes for gone whose log nobody writes. */
    @Bean
    Site site(SiteProperties site, LogProperties log, NodeProperties node, TrustFiles files, LogStore store)
            throws IOException, LogStoreException {
        String url = site.url();
        if (url == null) {
            return Site.SINGLE;
        }
        String logUrl = log.url();
        if (logUrl == null) {
            throw new IllegalArgumentException("nodes of one site keep their logs in its database: set wasl.log.url");
        }
        return PostgresSite.join(new SiteSettings(
                PostgresSettings.of(url, site.user(), files.secrets().read(site.secret())),
                node.id(),
                PostgresSettings.of(logUrl, log.user(), files.secrets().read(log.secret())),
                site.connections()));
    }
}
