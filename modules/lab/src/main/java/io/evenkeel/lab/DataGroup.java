package io.evenkeel.lab;

import java.net.URI;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;

/**
 * The group of data nodes, as its owner works on it: through the real SDK.
 *
 * @param endpoint the lab's AWS
 */
record DataGroup(URI endpoint) {

    void setDesiredCapacity(int instances) {
        try (var client = AwsProvision.client(
                AutoScalingClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()), endpoint)) {
            client.setDesiredCapacity(request -> request.autoScalingGroupName(LabPlan.DATA_GROUP)
                    .desiredCapacity(instances));
        }
    }
}
