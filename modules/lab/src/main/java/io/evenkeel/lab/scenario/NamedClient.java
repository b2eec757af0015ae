package io.evenkeel.lab.scenario;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.json.jackson.JacksonJsonpMapper;
import co.elastic.clients.transport.rest5_client.Rest5ClientTransport;
import co.elastic.clients.transport.rest5_client.low_level.Rest5Client;
import io.evenkeel.lab.Lab;
import io.evenkeel.lab.LabPlan;
import io.evenkeel.lab.dns.LabResolver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.http.HttpHost;

/** An application: the Elasticsearch Java API Client, by the service's name, resolved by the lab's name server. */
final class NamedClient {

    private NamedClient() {}

    /** One search; says who answered. */
    static String search(Lab lab) {
        var resolver = new LabResolver(lab.dns().address());
        var connections = PoolingAsyncClientConnectionManagerBuilder.create().setDnsResolver(new ByLab(resolver))
                .build();
        try (var http = HttpAsyncClients.custom().setConnectionManager(connections).build();
                var low = Rest5Client.builder(new HttpHost("http", LabPlan.DNS_NAME, lab.httpPort()))
                        .setHttpClient(http).build()) {
            http.start();
            var client = new ElasticsearchClient(new Rest5ClientTransport(low, new JacksonJsonpMapper()));
            var found = client.search(search -> search.index("products"), Map.class);
            return client.info().clusterName() + " found " + found.hits().hits().size() + " documents";
        } catch (IOException failed) {
            throw new ScenarioFailure("a client by the name " + LabPlan.DNS_NAME + " got no answer: " + failed);
        }
    }

    private record ByLab(LabResolver resolver) implements DnsResolver {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            var addresses = resolver.resolve(host);
            if (addresses.isEmpty()) {
                throw new UnknownHostException(host);
            }
            return addresses.toArray(InetAddress[]::new);
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }
}
