package io.evenkeel.lab;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a lab's parts are.
 *
 * @param pid the lab's process
 * @param serviceName the service's DNS name with the port, which is the same on both sides
 * @param healthUrls the agents' health endpoints, each for the master of its zone
 */
public record LabAddresses(long pid, String folder, String bootstrapServers, String schemaRegistryUrl,
        List<String> primaryUrls, List<String> standbyUrls, String awsEndpointUrl, String dns, String serviceName,
        List<String> healthUrls, String config) {

    /** As shell variables. */
    public Map<String, String> environment() {
        var variables = new LinkedHashMap<String, String>();
        variables.put("EVENKEEL_BOOTSTRAP_SERVERS", bootstrapServers);
        variables.put("EVENKEEL_SCHEMA_REGISTRY_URL", schemaRegistryUrl);
        variables.put("EVENKEEL_PRIMARY_URLS", String.join(",", primaryUrls));
        variables.put("EVENKEEL_STANDBY_URLS", String.join(",", standbyUrls));
        variables.put("EVENKEEL_AWS_ENDPOINT_URL", awsEndpointUrl);
        variables.put("EVENKEEL_DNS", dns);
        variables.put("EVENKEEL_SERVICE_NAME", serviceName);
        variables.put("EVENKEEL_HEALTH_URLS", String.join(",", healthUrls));
        variables.put("EVENKEEL_CONFIG", config);
        return variables;
    }
}
