/** An Elasticsearch plugin for the lab: answers {@code GET /} and {@code HEAD /} where the rest-root module is missing. */
@NullMarked
package io.evenkeel.elasticsearch.plugin;

import org.jspecify.annotations.NullMarked;
