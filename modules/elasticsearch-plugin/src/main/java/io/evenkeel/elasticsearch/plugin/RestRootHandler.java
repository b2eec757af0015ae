package io.evenkeel.elasticsearch.plugin;

import java.io.IOException;
import java.util.List;
import org.elasticsearch.Build;
import org.elasticsearch.client.internal.node.NodeClient;
import org.elasticsearch.cluster.service.ClusterService;
import org.elasticsearch.index.IndexVersion;
import org.elasticsearch.rest.BaseRestHandler;
import org.elasticsearch.rest.RestRequest;
import org.elasticsearch.rest.RestResponse;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.xcontent.XContentBuilder;

/**
 * Answers with the fields of Elasticsearch's own main action, from the node's own state: so it answers 200 without a
 * master too, as Elasticsearch does, with the cluster's uuid "_na_" until the node has joined one.
 */
final class RestRootHandler extends BaseRestHandler {

    private final ClusterService clusterService;

    RestRootHandler(ClusterService clusterService) {
        this.clusterService = clusterService;
    }

    @Override
    public String getName() {
        return "evenkeel_rest_root";
    }

    @Override
    public List<Route> routes() {
        return List.of(new Route(RestRequest.Method.GET, "/"), new Route(RestRequest.Method.HEAD, "/"));
    }

    @Override
    protected RestChannelConsumer prepareRequest(RestRequest request, NodeClient client) {
        return channel -> {
            try (var builder = channel.newBuilder()) {
                // Pretty unless told otherwise, as the real action is.
                if (!request.hasParam("pretty")) {
                    builder.prettyPrint().lfAtEnd();
                }
                write(builder);
                channel.sendResponse(new RestResponse(RestStatus.OK, builder));
            }
        };
    }

    private void write(XContentBuilder builder) throws IOException {
        var build = Build.current();
        builder.startObject();
        builder.field("name", clusterService.getNodeName());
        builder.field("cluster_name", clusterService.getClusterName().value());
        builder.field("cluster_uuid", clusterService.state().metadata().clusterUUID());
        builder.startObject("version");
        builder.field("number", build.qualifiedVersion());
        builder.field("build_flavor", build.flavor());
        builder.field("build_type", build.type().displayName());
        builder.field("build_hash", build.hash());
        builder.field("build_date", build.date());
        builder.field("build_snapshot", build.isSnapshot());
        builder.field("lucene_version", IndexVersion.current().luceneVersion().toString());
        builder.field("minimum_wire_compatibility_version", build.minWireCompatVersion());
        builder.field("minimum_index_compatibility_version", build.minIndexCompatVersion());
        builder.endObject();
        builder.field("tagline", "You Know, for Search");
        builder.endObject();
    }
}
