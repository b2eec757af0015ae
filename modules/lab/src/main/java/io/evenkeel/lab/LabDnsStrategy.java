package io.evenkeel.lab;

/** How the lab's service is moved; the names are those of the configuration. */
public enum LabDnsStrategy {
    HEALTH_CHECK("health-check"), RECORD_SET("record-set");

    private final String configName;

    LabDnsStrategy(String configName) {
        this.configName = configName;
    }

    @Override
    public String toString() {
        return configName;
    }
}
