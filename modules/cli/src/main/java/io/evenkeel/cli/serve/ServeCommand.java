package io.evenkeel.cli.serve;

import io.evenkeel.cli.ConfigOption;
import io.evenkeel.cli.ShutdownSignal;
import io.evenkeel.cli.config.Api;
import io.evenkeel.cli.config.ConfigException;
import io.evenkeel.dashboard.api.ApiPorts;
import io.evenkeel.dashboard.api.ApiServer;
import io.evenkeel.dashboard.api.Token;
import io.evenkeel.dashboard.api.Tokens;
import io.evenkeel.dashboard.model.KafkaPicture;
import io.evenkeel.events.Topics;
import io.evenkeel.events.kafka.KafkaOrderBook;
import io.evenkeel.events.kafka.KafkaSettings;
import io.evenkeel.events.serde.EventSerdes;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The API: what fires, acknowledge and silence, over HTTP. */
@Command(name = "serve", mixinStandardHelpOptions = true, description = "Serve the HTTP API: list what fires, acknowledge, silence. Needs Kafka and the schema registry, and no 'run' beside it.", footer = {
        "", "The address, the tokens and TLS are below 'api' in the configuration; without a token nothing is served.",
        "", "Examples:", "  evenkeel serve --config evenkeel.yaml",
        "  curl -H @token.header http://127.0.0.1:9467/api/v1/alerts"})
public final class ServeCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Override
    public Integer call() throws InterruptedException {
        var read = config.read();
        var tokens = tokens(read.api());
        var topics = new Topics(read.kafka().topicPrefix());
        var kafka = new KafkaSettings(read.kafka().clientSettings());
        var clock = InstantSource.system();
        try (var signal = new ShutdownSignal();
                var serdes = new EventSerdes(read.registry().settings());
                var picture = KafkaPicture.start(kafka, topics, serdes, clock);
                var orders = new KafkaOrderBook(kafka, topics, "evenkeel-serve", serdes.serializer());
                var incidents = new KafkaIncidents(kafka, topics, serdes);
                var _ = ApiServer.start(read.api().settings(), tokens, new ApiPorts(picture, incidents, orders,
                        read.alerts().policy(), read.clusterIds(), clock))) {
            signal.await();
            LOG.info("api stops");
        }
        return 0;
    }

    private Tokens tokens(Api api) {
        if (api.tokens().isEmpty()) {
            throw new ConfigException(List.of(config.file() + ": api.tokens: must list at least one"
                    + " {name: NAME, token: {file: PATH}} before anything is served"));
        }
        var tokens = new Tokens(api.tokens().stream().map(token -> new Token(token.name(), token.secret().source(),
                token.access(), token.secret()::value)).toList());
        var faults = tokens.faults();
        if (!faults.isEmpty()) {
            throw new ConfigException(faults.stream().map(fault -> config.file() + ": api.tokens: " + fault).toList());
        }
        return tokens;
    }
}
