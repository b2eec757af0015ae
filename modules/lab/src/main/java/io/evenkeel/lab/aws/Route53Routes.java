package io.evenkeel.lab.aws;

import java.util.List;
import java.util.regex.Pattern;

/** Which operation of Route 53 a method and a path are (REST bindings of API version 2013-04-01). */
final class Route53Routes {
    private static final List<Route> ROUTES = List.of(route("POST", "hostedzone", "CreateHostedZone"),
            route("GET", "hostedzone", "ListHostedZones"),
            route("GET", "hostedzonesbyname", "ListHostedZonesByName"),
            route("GET", "hostedzone/([^/]+)", "GetHostedZone"),
            route("GET", "hostedzone/([^/]+)/rrset", "ListResourceRecordSets"),
            route("POST", "hostedzone/([^/]+)/rrset", "ChangeResourceRecordSets"),
            route("GET", "change/([^/]+)", "GetChange"),
            route("POST", "healthcheck", "CreateHealthCheck"),
            route("GET", "healthcheck", "ListHealthChecks"),
            route("GET", "healthcheck/([^/]+)", "GetHealthCheck"),
            route("POST", "healthcheck/([^/]+)", "UpdateHealthCheck"),
            route("DELETE", "healthcheck/([^/]+)", "DeleteHealthCheck"),
            route("GET", "healthcheck/([^/]+)/status", "GetHealthCheckStatus"));

    private Route53Routes() {}

    /** The operation's name; method and path where the lab has no such operation. */
    static String action(String method, String path) {
        return ROUTES.stream()
                .filter(route -> route.method().equals(method) && route.path().matcher(path).matches())
                .findFirst().map(Route::action).orElse(method + " " + path);
    }

    /** The id in the path; empty for an operation without one. */
    static String id(AwsRequest request) {
        return ROUTES.stream().filter(route -> route.action().equals(request.action()))
                .map(route -> route.path().matcher(request.path())).filter(match -> match.matches()).findFirst()
                .filter(match -> match.groupCount() > 0).map(match -> match.group(1)).orElse("");
    }

    private static Route route(String method, String path, String action) {
        return new Route(method, Pattern.compile("/2013-04-01/" + path + "/?"), action);
    }

    private record Route(String method, Pattern path, String action) {}
}
