package io.evenkeel.probe.http;

import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
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
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** An HTTP client that shows what it sees: no retries, no redirects, no cookies, no proxies. */
final class Connections {

    private static final int MAX_TARGETS = 20_000;

    /**
     * Of each of the two buffers that an open connection holds on to, in bytes. What is read is some kilobytes; 8 KiB by
     * default, which is most of what 20,000 open connections cost.
     */
    private static final int BUFFER = 512;

    private Connections() {}

    /** @param kept whether a connection that was used is kept open for the next request */
    static CloseableHttpClient client(TlsSocketStrategy tls, int perTarget, BooleanSupplier kept) {
        // LAX: with STRICT one pool lock is shared by all targets. No check before reuse: ProbeHttp tells a stale
        // connection by the failure and asks once more over a new one.
        var manager = new TracedPoolBuilder().setTlsSocketStrategy(tls).setMaxConnPerRoute(perTarget)
                .setMaxConnTotal(MAX_TARGETS).setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(Http1Config.custom().setBufferSize(BUFFER).build())
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setValidateAfterInactivity(TimeValue.NEG_ONE_MILLISECOND).build())
                .build();
        ConnectionReuseStrategy reuse = (request, response, context) -> kept.getAsBoolean()
                && DefaultConnectionReuseStrategy.INSTANCE.keepAlive(request, response, context);
        return HttpClients.custom().setConnectionManager(manager).setRequestExecutor(new TracedExecutor())
                .setConnectionReuseStrategy(reuse)
                .setUserAgent("evenkeel-probe").disableAutomaticRetries().disableRedirectHandling()
                .disableCookieManagement().disableAuthCaching().disableContentCompression().disableDefaultUserAgent()
                .build();
    }

    /** All three waits end with the deadline; the deadline itself is kept by {@link ProbeHttp}. */
    static RequestConfig within(Timeout left) {
        return RequestConfig.custom().setConnectionRequestTimeout(left).setResponseTimeout(left).build();
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
