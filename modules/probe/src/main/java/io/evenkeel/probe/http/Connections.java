package io.evenkeel.probe.http;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.ConnectionEndpoint;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.io.LeaseRequest;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionReuseStrategy;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpClientResponseHandler;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** An HTTP client that shows what it sees, with its pool: no retries, no redirects, no cookies, no proxies. For many threads. */
final class Connections implements AutoCloseable {

    private static final int MAX_TARGETS = 20_000;

    /**
     * Of each of the two buffers that an open connection holds on to, in bytes. What is read is some kilobytes; 8 KiB by
     * default, which is most of what 20,000 open connections cost.
     */
    private static final int BUFFER = 512;

    private final HttpClientConnectionManager pool;
    private final CloseableHttpClient client;

    private Connections(HttpClientConnectionManager pool, CloseableHttpClient client) {
        this.pool = pool;
        this.client = client;
    }

    /** @param kept whether a connection that was used is kept open for the next request */
    static Connections open(TlsSocketStrategy tls, int perTarget, BooleanSupplier kept) {
        // LAX: with STRICT one pool lock is shared by all targets. No check before reuse: ProbeHttp tells a stale
        // connection by the failure and asks once more over a new one.
        var pool = new TracedPoolBuilder().setTlsSocketStrategy(tls).setMaxConnPerRoute(perTarget)
                .setMaxConnTotal(MAX_TARGETS).setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(Http1Config.custom().setBufferSize(BUFFER).build())
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setValidateAfterInactivity(TimeValue.NEG_ONE_MILLISECOND).build())
                .build();
        ConnectionReuseStrategy reuse = (request, response, context) -> kept.getAsBoolean()
                && DefaultConnectionReuseStrategy.INSTANCE.keepAlive(request, response, context);
        var client = HttpClients.custom().setConnectionManager(new OutlivesErrors(pool))
                .setConnectionManagerShared(true)
                .setRequestExecutor(new TracedExecutor()).setConnectionReuseStrategy(reuse)
                .setUserAgent("evenkeel-probe").disableAutomaticRetries().disableRedirectHandling()
                .disableCookieManagement().disableAuthCaching().disableContentCompression().disableDefaultUserAgent()
                .build();
        return new Connections(pool, client);
    }

    <T> T execute(ClassicHttpRequest request, HttpClientResponseHandler<T> handler) throws IOException {
        return client.execute(request, handler);
    }

    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
        pool.close(CloseMode.IMMEDIATE);
    }

    /** All three waits end with the deadline; the deadline itself is kept by {@link ProbeHttp}. */
    static RequestConfig within(Timeout left) {
        return RequestConfig.custom().setConnectionRequestTimeout(left).setResponseTimeout(left).build();
    }

    /**
     * HttpClient closes the whole pool when one request meets an Error, and from then on the pool refuses every request:
     * one bad moment of the agent would pass for the failure of all its targets. Here an Error costs the one request its
     * connection, and nothing else.
     */
    private static final class OutlivesErrors implements HttpClientConnectionManager {

        /** What the running request holds: each request has a thread of its own. */
        private static final ThreadLocal<ConnectionEndpoint> HELD = new ThreadLocal<>();

        private final HttpClientConnectionManager pool;

        private OutlivesErrors(HttpClientConnectionManager pool) {
            this.pool = pool;
        }

        @Override
        public LeaseRequest lease(String id, HttpRoute route, @Nullable Timeout timeout, @Nullable Object state) {
            var request = pool.lease(id, route, timeout, state);
            return new LeaseRequest() {
                @Override
                public ConnectionEndpoint get(@Nullable Timeout within)
                        throws InterruptedException, ExecutionException, TimeoutException {
                    var endpoint = request.get(within);
                    HELD.set(endpoint);
                    return endpoint;
                }

                @Override
                public boolean cancel() {
                    return request.cancel();
                }
            };
        }

        @Override
        public void release(ConnectionEndpoint endpoint, @Nullable Object state, @Nullable TimeValue keptFor) {
            HELD.remove();
            pool.release(endpoint, state, keptFor);
        }

        @Override
        public void connect(ConnectionEndpoint endpoint, @Nullable TimeValue timeout, @Nullable HttpContext context)
                throws IOException {
            pool.connect(endpoint, timeout, context);
        }

        @Override
        public void upgrade(ConnectionEndpoint endpoint, @Nullable HttpContext context) throws IOException {
            pool.upgrade(endpoint, context);
        }

        /** What HttpClient calls at an Error, on the request's thread; it does not give the connection back. */
        @Override
        public void close(CloseMode mode) {
            var endpoint = HELD.get();
            if (endpoint != null) {
                endpoint.close(mode);
                // A second time does nothing, should whoever aborted the request have been first.
                release(endpoint, null, TimeValue.ZERO_MILLISECONDS);
            }
        }

        @Override
        public void close() {
            close(CloseMode.IMMEDIATE);
        }
    }

    private static final class TracedPoolBuilder extends PoolingHttpClientConnectionManagerBuilder {
        @Override
        protected HttpClientConnectionOperator createConnectionOperator(@Nullable SchemePortResolver ports,
                @Nullable DnsResolver names, @Nullable TlsSocketStrategy tls) {
            return new DefaultHttpClientConnectionOperator(_ -> Attempt.socketOfCurrent(), ports, names,
                    RegistryBuilder.<TlsSocketStrategy>create().register(URIScheme.HTTPS.id, tls).build());
        }
    }

    private static final class TracedExecutor extends HttpRequestExecutor {
        @Override
        public ClassicHttpResponse execute(ClassicHttpRequest request, HttpClientConnection connection,
                @Nullable HttpResponseInformationCallback informationCallback, HttpContext context)
                throws IOException, HttpException {
            Attempt.askingOfCurrent();
            return super.execute(request, connection, informationCallback, context);
        }
    }
}
