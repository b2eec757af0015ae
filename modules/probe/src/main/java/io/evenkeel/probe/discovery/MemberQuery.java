package io.evenkeel.probe.discovery;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.probe.http.Answer;
import io.evenkeel.probe.http.Elasticsearch;
import io.evenkeel.probe.http.Json;
import io.evenkeel.probe.http.ProbeHttp;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks one node who belongs to its cluster. */
final class MemberQuery {

    private static final Logger LOG = LoggerFactory.getLogger(MemberQuery.class);

    private static final String STATE = "/_cluster/state/master_node,nodes?local=true"
            + "&filter_path=cluster_name,master_node,nodes.*.name,nodes.*.ephemeral_id,nodes.*.attributes,nodes.*.roles";

    private final ProbeHttp http;
    private final ClusterId cluster;
    private final String clusterName;
    private final Set<String> refusedNames = new HashSet<>();

    /** @param clusterName the {@code cluster.name} that must answer; empty accepts any */
    MemberQuery(ProbeHttp http, ClusterId cluster, String clusterName) {
        this.http = http;
        this.cluster = cluster;
        this.clusterName = clusterName;
    }

    /** Unavailable too when the node sees no master: its list may be of long ago. */
    Listing<SeenNode> ask(String url, Duration timeout) {
        try {
            if (!(http.get(Elasticsearch.uri(url, STATE), timeout) instanceof Answer.Response(int status, String body))
                    || status != 200) {
                return new Listing.Unavailable<>();
            }
            var state = Json.tree(body);
            boolean foreign = !clusterName.isEmpty() && !state.path("cluster_name").asText().equals(clusterName);
            if (foreign || state.path("master_node").asText("").isEmpty() || state.path("master_node").isNull()) {
                return new Listing.Unavailable<>();
            }
            return new Listing.Listed<>(members(state.path("nodes"), addresses(url, timeout)));
        } catch (IllegalArgumentException e) {
            LOG.atWarn().setMessage("node can't be asked for members").addKeyValue("cluster", cluster)
                    .addKeyValue("url", url).addKeyValue("error", e.toString()).log();
            return new Listing.Unavailable<>();
        }
    }

    /** Asks all nodes through one; those that hang are left out, and their last known url is kept. */
    private Map<String, String> addresses(String url, Duration timeout) {
        var question = Elasticsearch.uri(url, "/_nodes/http?timeout=" + Math.max(1, timeout.toMillis() / 2)
                + "ms&filter_path=nodes.*.name,nodes.*.http.publish_address");
        var addresses = new HashMap<String, String>();
        if (http.get(question, timeout) instanceof Answer.Response(int status, String body) && status == 200) {
            String scheme = URI.create(url).getScheme();
            for (var node : Json.tree(body).path("nodes")) {
                String address = node.path("http").path("publish_address").asText("");
                if (!address.isEmpty()) {
                    addresses.put(node.path("name").asText(), scheme + "://" + hostAndPort(address));
                }
            }
        }
        return addresses;
    }

    /** {@code ip:port}, or {@code host/ip:port} where a hostname is published: certificates name the host. */
    static String hostAndPort(String publishAddress) {
        int slash = publishAddress.indexOf('/');
        if (slash <= 0) {
            return publishAddress.substring(slash + 1);
        }
        return publishAddress.substring(0, slash) + publishAddress.substring(publishAddress.lastIndexOf(':'));
    }

    private List<SeenNode> members(JsonNode nodes, Map<String, String> addresses) {
        var members = new ArrayList<SeenNode>();
        for (var node : nodes) {
            String name = node.path("name").asText();
            if (!isName(name)) {
                continue;
            }
            var roles = new HashSet<String>();
            node.path("roles").forEach(role -> roles.add(role.asText()));
            var attributes = new HashMap<String, String>();
            node.path("attributes").properties()
                    .forEach(attribute -> attributes.put(attribute.getKey(), attribute.getValue().asText()));
            members.add(new SeenNode(name, node.path("ephemeral_id").asText(), addresses.getOrDefault(name, ""), roles,
                    attributes));
        }
        return members;
    }

    private boolean isName(String name) {
        try {
            return !new NodeId(cluster, name).name().isEmpty();
        } catch (IllegalArgumentException e) {
            if (refusedNames.add(name)) {
                LOG.atWarn().setMessage("node is not watched, its name can't be a record key")
                        .addKeyValue("cluster", cluster).addKeyValue("error", e.getMessage()).log();
            }
            return false;
        }
    }
}
