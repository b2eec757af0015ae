/** Real Elasticsearch nodes as processes of the lab, made small and quick to start. */
@NullMarked
package io.evenkeel.lab.elasticsearch;

import org.jspecify.annotations.NullMarked;
