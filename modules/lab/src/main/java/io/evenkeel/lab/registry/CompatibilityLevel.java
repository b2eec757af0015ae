package io.evenkeel.lab.registry;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/** Confluent's compatibility levels. */
enum CompatibilityLevel {
    NONE(false, false, false), BACKWARD(true, false, false), BACKWARD_TRANSITIVE(true, false, true), FORWARD(false,
            true,
            false), FORWARD_TRANSITIVE(false, true, true), FULL(true, true, false), FULL_TRANSITIVE(true, true, true);

    private final boolean newReadsOld;
    private final boolean oldReadsNew;
    private final boolean withAll;

    CompatibilityLevel(boolean newReadsOld, boolean oldReadsNew, boolean withAll) {
        this.newReadsOld = newReadsOld;
        this.oldReadsNew = oldReadsNew;
        this.withAll = withAll;
    }

    /**
     * What stands against the candidate; empty if nothing.
     *
     * @param earlier the subject's versions, oldest first
     */
    List<String> objections(Schema candidate, List<Schema> earlier) {
        var found = new ArrayList<String>();
        var from = withAll || earlier.isEmpty() ? 0 : earlier.size() - 1;
        for (var old : earlier.subList(from, earlier.size())) {
            if (newReadsOld) {
                found.addAll(incompatibilities(candidate, old, "the new schema can't read data of an earlier one"));
            }
            if (oldReadsNew) {
                found.addAll(incompatibilities(old, candidate, "an earlier schema can't read data of the new one"));
            }
        }
        return List.copyOf(found);
    }

    private static List<String> incompatibilities(Schema reader, Schema writer, String what) {
        var result = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getResult();
        if (result.getCompatibility() == SchemaCompatibilityType.COMPATIBLE) {
            return List.of();
        }
        return result.getIncompatibilities().stream()
                .map(i -> what + ": " + i.getType() + " at " + i.getLocation() + ": " + i.getMessage()).toList();
    }
}
