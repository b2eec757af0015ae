package io.evenkeel.cli.lab;

import io.evenkeel.lab.LabDnsStrategy;
import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code health-check} or {@code record-set}, as in the configuration. */
final class StrategyConverter implements ITypeConverter<LabDnsStrategy> {

    @Override
    public LabDnsStrategy convert(String name) {
        return Arrays.stream(LabDnsStrategy.values()).filter(strategy -> strategy.toString().equals(name)).findFirst()
                .orElseThrow(
                        () -> new TypeConversionException("must be health-check or record-set, was '" + name + "'"));
    }
}
