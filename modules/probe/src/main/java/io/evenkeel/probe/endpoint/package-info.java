/** The node-local health endpoint that load balancers and Auto Scaling groups may ask. */
@NullMarked
package io.evenkeel.probe.endpoint;

import org.jspecify.annotations.NullMarked;
