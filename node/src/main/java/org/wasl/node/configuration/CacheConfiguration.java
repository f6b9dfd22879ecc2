package org.wasl.node.configuration;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.wasl.node.data.DataDirectory;
import org.wasl.routes.held.AnswerCache;
import org.wasl.routes.held.EvictionByEvent;
import org.wasl.routes.held.HazelcastAnswerCache;
import org.wasl.routes.held.HazelcastSettings;
import org.wasl.routes.held.HeldAnswers;
import org.wasl.routes.held.HeldSettings;
import org.wasl.routes.held.SiteKey;

/** Earlier answers, held for when a source is down. */
@Configuration(proxyBeanMethods = false)
class CacheConfiguration {

    private static final String KEY = "held-answers.key";

    @Bean
    SiteKey siteKey(DataDirectory directory) throws IOException {
        return SiteKey.loadOrCreate(directory.secrets().resolve(KEY));
    }

    @Bean
    AnswerCache answerCache(CacheProperties cache, SiteKey key) {
        if (!cache.enabled()) {
            return AnswerCache.NONE;
        }
        HazelcastAnswerCache answers = new HazelcastAnswerCache(new HazelcastSettings(
                cache.cluster() + "-" + key.clusterSuffix(),
                cache.address(),
                cache.port(),
                cache.members(),
                Math.toIntExact(cache.memory().toMegabytes())));
        if (!cache.members().isEmpty()) {
            // What is to be forgotten is forgotten by the whole site only where this node has joined it.
            answers.begin();
        }
        return answers;
    }

    @Bean
    HeldAnswers heldAnswers(AnswerCache answers, SiteKey key, CacheProperties cache) {
        return new HeldAnswers(
                answers,
                key,
                new HeldSettings(
                        cache.timeout(),
                        cache.pause(),
                        cache.longest(),
                        Math.toIntExact(cache.largest().toBytes()),
                        cache.inFlight()),
                System::nanoTime);
    }

    /** What an event names is asked for anew. */
    @Bean
    EvictionByEvent heldAnswersEviction(HeldAnswers held) {
        return new EvictionByEvent(held);
    }

    @Bean
    MeterBinder cacheMeters(HeldAnswers held, AnswerCache answers) {
        return meters -> {
            if (answers instanceof HazelcastAnswerCache cache) {
                Gauge.builder("wasl.held.nodes", cache, HazelcastAnswerCache::nodes)
                        .description("how many nodes of the site hold earlier answers together; 0 until it is needed")
                        .register(meters);
            }
            FunctionCounter.builder("wasl.held.failures", held, HeldAnswers::failures)
                    .description("how often the cache of earlier answers failed or was too slow")
                    .register(meters);
            FunctionCounter.builder("wasl.held.lookups", held, HeldAnswers::lookUps)
                    .description("how often an earlier answer was looked for, since a source gave none")
                    .register(meters);
            FunctionCounter.builder("wasl.held.found", held, HeldAnswers::found)
                    .description("how often there was one")
                    .register(meters);
        };
    }
}
